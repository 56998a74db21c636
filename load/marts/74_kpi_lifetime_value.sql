-- Question: what is a customer worth so far, and at the present pace in a year?
-- Grain: breakdown and member.
-- Sources: customer_overview, dim_date, about.

with today as (
    select cast(timezone(company_time_zone, as_of) as date) as today
    from about
),

alike as (
    select
        coalesce(overview.party_type, 'unknown') as party_type,
        coalesce(overview.country_code, '(none)') as country_code,
        coalesce(first_day.year_quarter, '(not told)') as cohort,
        overview.employee_key,
        count(*) as customer_count,
        sum(overview.order_count) as order_count,
        sum(overview.ordered_amount) as ordered_amount,
        sum(overview.order_margin_amount) as order_margin_amount,
        sum(date_diff('day', first_day."date", today.today)) as customer_days
    from customer_overview as overview
    left join dim_date as first_day on first_day.date_key = overview.first_order_date_key
    cross join today
    where overview.customer_key > 0 and overview.order_count > 0
    group by all
),

placed as (
    select
        * exclude (party_type, country_code, cohort, employee_key),
        unnest([
            {'breakdown': 'party type', 'member': party_type},
            {'breakdown': 'country', 'member': country_code},
            {'breakdown': 'quarter of first order', 'member': cohort}
        ], max_depth := 2)
    from alike

    union all by name

    select
        spread.* exclude (dimension, key),
        member.breakdown,
        member.member
    from (
        select
            * exclude (party_type, country_code, cohort, employee_key),
            unnest([{'dimension': 'all', 'key': 0}, {'dimension': 'employee', 'key': employee_key}], max_depth := 2)
        from alike
    ) as spread
    inner join report_member as member using (dimension, key)
),

counted as (
    select
        breakdown,
        member,
        cast(sum(customer_count) as bigint) as customer_count,
        cast(sum(order_count) as bigint) as order_count,
        cast(sum(ordered_amount) as decimal(38, 4)) as ordered_amount,
        cast(sum(order_margin_amount) as decimal(38, 4)) as order_margin_amount,
        cast(sum(customer_days) as bigint) as customer_days
    from placed
    group by breakdown, member
)

select
    *,
    cast(ordered_amount / nullif(customer_count, 0) as decimal(18, 4)) as lifetime_amount_per_customer,
    cast(order_margin_amount / nullif(customer_count, 0) as decimal(18, 4)) as lifetime_margin_per_customer,
    cast(ordered_amount / nullif(order_count, 0) as decimal(18, 4)) as average_order_amount,
    cast(365 * order_count / nullif(customer_days, 0) as decimal(18, 6)) as orders_per_year,
    cast(365 * ordered_amount / nullif(customer_days, 0) as decimal(18, 4)) as yearly_amount_per_customer

from counted
