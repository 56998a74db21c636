-- Question: of the customers who first ordered in a month, how many order again one, two, three… months later?
-- Grain: breakdown, member, month of the first order and months since, up to the as-of month.
-- Sources: fact_customer_month, customer_overview, about, dim_date, report_member.

with today as (
    select cast(timezone(company_time_zone, as_of) as date) as today
    from about
),

-- A month with nothing but returns is none in which somebody was active, but its amounts count.
alike as (
    select
        monthly.first_order_month_date_key,
        monthly.months_since_first_order,
        coalesce(overview.party_type, 'unknown') as party_type,
        coalesce(overview.country_code, '(none)') as country_code,
        coalesce(overview.employee_key, -2) as employee_key,
        count(*) filter (where monthly.order_count > 0) as active_customer_count,
        sum(monthly.order_count) as order_count,
        sum(monthly.order_reporting_amount) as order_amount
    from fact_customer_month as monthly
    left join customer_overview as overview using (customer_key)
    where monthly.customer_key > 0
        and (monthly.order_count > 0 or monthly.order_reporting_amount <> 0)
        and monthly.months_since_first_order >= 0
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

monthly as (
    select
        coalesce(member.breakdown, spread.kind) as breakdown,
        coalesce(member.member, spread.word) as member,
        spread.first_order_month_date_key,
        spread.months_since_first_order,
        sum(spread.active_customer_count) as active_customer_count,
        sum(spread.order_count) as order_count,
        sum(spread.order_amount) as order_amount
    from spread
    left join report_member as member using (dimension, key)
    group by all
),

cohort as (
    select
        monthly.breakdown,
        monthly.member,
        monthly.first_order_month_date_key,
        first_month.year_month as cohort,
        monthly.active_customer_count as cohort_customer_count,
        date_diff('month', first_month."date", today.today) as months,
        today.today = last_day(today.today) as is_last_over
    from monthly
    inner join dim_date as first_month on first_month.date_key = monthly.first_order_month_date_key
    cross join today
    where monthly.months_since_first_order = 0
),

grid as (
    select
        *,
        unnest(range(months + 1)) as months_since_first_order
    from cohort
),

counted as (
    select
        grid.breakdown,
        grid.member,
        grid.cohort,
        grid.months_since_first_order,
        grid.months_since_first_order < grid.months or grid.is_last_over as is_month_over,
        grid.cohort_customer_count,
        coalesce(monthly.active_customer_count, 0) as active_customer_count,
        coalesce(monthly.order_count, 0) as order_count,
        coalesce(monthly.order_amount, 0) as order_amount,
        sum(coalesce(monthly.order_amount, 0)) over (
            partition by grid.breakdown, grid.member, grid.cohort
            order by grid.months_since_first_order
        ) as cumulative_amount
    from grid
    left join monthly using (breakdown, member, first_order_month_date_key, months_since_first_order)
)

select
    breakdown,
    member,
    cohort,
    cast(months_since_first_order as integer) as months_since_first_order,
    is_month_over,
    cast(cohort_customer_count as bigint) as cohort_customer_count,
    cast(active_customer_count as bigint) as active_customer_count,
    cast(active_customer_count / nullif(cohort_customer_count, 0) as decimal(18, 6)) as retention,
    cast(order_count as bigint) as order_count,
    cast(order_amount as decimal(38, 4)) as order_amount,
    cast(cumulative_amount as decimal(38, 4)) as cumulative_amount,
    try_cast(cumulative_amount / nullif(cohort_customer_count, 0) as decimal(18, 4)) as lifetime_amount_per_customer

from counted
