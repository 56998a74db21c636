-- Question: which kinds of products do customers of one kind buy too?
-- Grain: breakdown, member, category a customer bought and other category; a table, since counting it needs every order line.
-- Sources: fact_order_line, dim_product, customer_overview, report_member.

with kind as (
    select
        category,
        cast(row_number() over (order by category) as integer) as kind_number
    from (select distinct category from warehouse.dim_product where category is not null)
),

-- Customers who are told apart by nothing, so that pairs are counted by numbers instead of texts.
crowd as (
    select
        *,
        cast(row_number() over (order by party_type, country_code, employee_key) as integer) as crowd_number
    from (select distinct party_type, country_code, employee_key from warehouse.customer_overview)
),

bought as (
    select distinct
        line.customer_key,
        kind.kind_number
    from warehouse.fact_order_line as line
    inner join warehouse.dim_product as product using (product_key)
    inner join kind using (category)
    where line.customer_key > 0 and not line.is_cancelled
),

buyer as (
    select
        bought.customer_key,
        bought.kind_number,
        crowd.crowd_number
    from bought
    inner join warehouse.customer_overview as overview using (customer_key)
    inner join crowd
        on crowd.party_type is not distinct from overview.party_type
        and crowd.country_code is not distinct from overview.country_code
        and crowd.employee_key = overview.employee_key
),

-- Customers by what they bought: one kind, two kinds, or (both null) anything.
numbered as (
    select
        kind_number,
        null as other_kind_number,
        crowd_number,
        count(*) as customer_count
    from buyer
    group by kind_number, crowd_number

    union all

    select
        one.kind_number,
        other.kind_number,
        one.crowd_number,
        count(*)
    from buyer as one
    inner join bought as other on other.customer_key = one.customer_key and other.kind_number <> one.kind_number
    group by one.kind_number, other.kind_number, one.crowd_number

    union all

    select
        null,
        null,
        crowd_number,
        count(distinct customer_key)
    from buyer
    group by crowd_number
),

alike as (
    select
        kind.category,
        other.category as other_category,
        coalesce(crowd.party_type, 'unknown') as party_type,
        coalesce(crowd.country_code, '(none)') as country_code,
        crowd.employee_key,
        numbered.customer_count
    from numbered
    inner join crowd using (crowd_number)
    left join kind on kind.kind_number = numbered.kind_number
    left join kind as other on other.kind_number = numbered.other_kind_number
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
