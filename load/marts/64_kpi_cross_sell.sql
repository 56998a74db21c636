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

spread as (
    select
        crowd_number,
        unnest([
            {'dimension': 'all', 'key': 0, 'kind': null, 'word': null},
            {'dimension': 'employee', 'key': employee_key, 'kind': null, 'word': null},
            {'dimension': null, 'key': null, 'kind': 'party type', 'word': coalesce(party_type, 'unknown')},
            {'dimension': null, 'key': null, 'kind': 'country', 'word': coalesce(country_code, '(none)')}
        ], max_depth := 2)
    from crowd
),

-- Whom a crowd counts for.
told as (
    select
        spread.crowd_number,
        coalesce(report.breakdown, spread.kind) as breakdown,
        coalesce(report.member, spread.word) as member
    from spread
    left join warehouse.report_member as report using (dimension, key)
    where report.breakdown is distinct from 'sales person'
),

counts_for as (
    select
        *,
        cast(dense_rank() over (order by breakdown, member) as integer) as part_number
    from told
),

part as (
    select distinct
        part_number,
        breakdown,
        member
    from counts_for
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

-- Customers by two kinds that they bought, each pair once; a kind beside itself is that kind, 0 anything.
numbered as (
    select
        one.crowd_number,
        one.kind_number,
        other.kind_number as other_kind_number,
        count(*) as customer_count
    from buyer as one
    inner join bought as other on other.customer_key = one.customer_key and other.kind_number >= one.kind_number
    group by one.crowd_number, one.kind_number, other.kind_number

    union all

    select
        crowd_number,
        0,
        0,
        count(distinct customer_key)
    from buyer
    group by crowd_number
),

counted as (
    select
        counts_for.part_number,
        numbered.kind_number,
        numbered.other_kind_number,
        cast(sum(numbered.customer_count) as bigint) as customer_count
    from numbered
    inner join counts_for using (crowd_number)
    group by counts_for.part_number, numbered.kind_number, numbered.other_kind_number
),

size as (
    select
        counted.part_number,
        counted.kind_number,
        kind.category,
        counted.customer_count
    from counted
    inner join kind using (kind_number)
    where counted.other_kind_number = counted.kind_number
)

select
    part.breakdown,
    part.member,
    one.category,
    other.category as other_category,
    coalesce(pair.customer_count, 0) as both_customer_count,
    one.customer_count,
    cast(coalesce(pair.customer_count, 0) / nullif(one.customer_count, 0) as decimal(18, 6)) as cross_sell_rate,
    other.customer_count as other_customer_count,
    buyers.customer_count as buyer_count,
    cast(
        cast(coalesce(pair.customer_count, 0) as decimal(38, 0)) * buyers.customer_count
        / nullif(one.customer_count * other.customer_count, 0) as decimal(18, 6)
    ) as lift

from size as one
inner join size as other
    on other.part_number = one.part_number and other.kind_number <> one.kind_number
inner join part on part.part_number = one.part_number
inner join counted as buyers on buyers.part_number = one.part_number and buyers.kind_number = 0
left join counted as pair
    on pair.part_number = one.part_number
    and pair.kind_number = least(one.kind_number, other.kind_number)
    and pair.other_kind_number = greatest(one.kind_number, other.kind_number)
