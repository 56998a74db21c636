-- Question: which kinds of products do customers of one kind buy too?
-- Grain: breakdown, member, category a customer bought and other category; a table, since counting it needs every order line.
-- Sources: fact_order_line, dim_product, customer_overview, report_member.

with bought as (
    select distinct
        line.customer_key,
        product.category
    from warehouse.fact_order_line as line
    inner join warehouse.dim_product as product using (product_key)
    where line.customer_key > 0 and not line.is_cancelled and product.category is not null
),

buyer as (
    select
        customer_key,
        coalesce(party_type, 'unknown') as party_type,
        coalesce(country_code, '(none)') as country_code,
        employee_key
    from warehouse.customer_overview
),

-- Customers by what they bought: one kind, two kinds, or (both null) anything.
alike as (
    select
        category,
        null as other_category,
        party_type,
        country_code,
        employee_key,
        count(*) as customer_count
    from bought
    inner join buyer using (customer_key)
    group by all

    union all

    select
        one.category,
        other.category,
        party_type,
        country_code,
        employee_key,
        count(*)
    from bought as one
    inner join bought as other on other.customer_key = one.customer_key and other.category <> one.category
    inner join buyer on buyer.customer_key = one.customer_key
    group by all

    union all

    select
        null,
        null,
        party_type,
        country_code,
        employee_key,
        count(*)
    from buyer
    semi join bought using (customer_key)
    group by all
),

spread as (
    select
        * exclude (party_type, country_code, employee_key),
        unnest([
            {'dimension': 'all', 'key': 0, 'kind': null, 'word': null},
            {'dimension': 'employee', 'key': employee_key, 'kind': null, 'word': null},
            {'dimension': null, 'key': null, 'kind': 'party type', 'word': party_type},
            {'dimension': null, 'key': null, 'kind': 'country', 'word': country_code}
        ], max_depth := 2)
    from alike
),

counted as (
    select
        coalesce(member.breakdown, spread.kind) as breakdown,
        coalesce(member.member, spread.word) as member,
        spread.category,
        spread.other_category,
        cast(sum(spread.customer_count) as bigint) as customer_count
    from spread
    left join warehouse.report_member as member using (dimension, key)
    where member.breakdown is distinct from 'sales person'
    group by all
),

size as (
    select * exclude (other_category)
    from counted
    where category is not null and other_category is null
),

buyers as (
    select
        breakdown,
        member,
        customer_count as buyer_count
    from counted
    where category is null
)

select
    one.breakdown,
    one.member,
    one.category,
    other.category as other_category,
    coalesce(pair.customer_count, 0) as both_customer_count,
    one.customer_count,
    cast(coalesce(pair.customer_count, 0) / nullif(one.customer_count, 0) as decimal(18, 6)) as cross_sell_rate,
    other.customer_count as other_customer_count,
    buyers.buyer_count,
    cast(
        cast(coalesce(pair.customer_count, 0) as decimal(38, 0)) * buyers.buyer_count
        / nullif(one.customer_count * other.customer_count, 0) as decimal(18, 6)
    ) as lift

from size as one
inner join size as other
    on other.breakdown = one.breakdown and other.member = one.member and other.category <> one.category
inner join buyers on buyers.breakdown = one.breakdown and buyers.member = one.member
left join counted as pair
    on pair.breakdown = one.breakdown
    and pair.member = one.member
    and pair.category = one.category
    and pair.other_category = other.category
