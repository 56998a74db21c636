-- Question: which share of the customers who ordered came back?
-- Grain: breakdown and member.
-- Sources: customer_overview, dim_customer, dim_date.

with alike as (
    select
        coalesce(overview.party_type, 'unknown') as party_type,
        coalesce(overview.country_code, '(none)') as country_code,
        coalesce(first_day.year_quarter, '(not told)') as cohort,
        count(*) as customer_count,
        count(*) filter (where overview.order_count >= 2) as repeat_customer_count,
        count(*) filter (where overview.order_count >= 3) as third_order_customer_count,
        sum(overview.order_count) as order_count,
        sum(overview.ordered_amount) as ordered_amount,
        sum(overview.ordered_amount) filter (where overview.order_count >= 2) as repeat_customer_amount
    from customer_overview as overview
    left join dim_date as first_day on first_day.date_key = overview.first_order_date_key
    where overview.customer_key > 0 and overview.order_count > 0
    group by all
),

placed as (
    select
        * exclude (party_type, country_code, cohort),
        unnest([
            {'breakdown': 'all', 'member': '(all)'},
            {'breakdown': 'party type', 'member': party_type},
            {'breakdown': 'country', 'member': country_code},
            {'breakdown': 'quarter of first order', 'member': cohort}
        ], max_depth := 2)
    from alike
),

counted as (
    select
        breakdown,
        member,
        cast(sum(customer_count) as bigint) as customer_count,
        cast(sum(repeat_customer_count) as bigint) as repeat_customer_count,
        cast(sum(third_order_customer_count) as bigint) as third_order_customer_count,
        cast(sum(order_count) as bigint) as order_count,
        cast(sum(ordered_amount) as decimal(38, 4)) as ordered_amount,
        cast(sum(repeat_customer_amount) as decimal(38, 4)) as repeat_customer_amount
    from placed
    group by breakdown, member
)

select
    *,
    cast(repeat_customer_count / nullif(customer_count, 0) as decimal(18, 6)) as repeat_rate,
    cast(third_order_customer_count / nullif(repeat_customer_count, 0) as decimal(18, 6)) as third_order_rate,
    cast(order_count / nullif(customer_count, 0) as decimal(18, 6)) as orders_per_customer

from counted
