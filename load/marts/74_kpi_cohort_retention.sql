-- Question: of the customers who first ordered in a month, how many order again one, two, three… months later?
-- Grain: month of the first order and months since; only months that are over.
-- Sources: fact_customer_month, about, dim_date.

with monthly as (
    select
        first_order_month_date_key,
        months_since_first_order,
        count(*) as active_customer_count,
        sum(order_count) as order_count,
        sum(order_reporting_amount) as order_amount
    from fact_customer_month
    where customer_key > 0 and order_count > 0 and months_since_first_order >= 0
    group by all
),

cohort as (
    select
        monthly.first_order_month_date_key,
        first_month.year_month as cohort,
        monthly.active_customer_count as cohort_customer_count,
        date_diff('month', first_month."date", cast(timezone(about.company_time_zone, about.as_of) as date)) as months
    from monthly
    inner join dim_date as first_month on first_month.date_key = monthly.first_order_month_date_key
    cross join about
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
        grid.cohort,
        grid.months_since_first_order,
        grid.cohort_customer_count,
        coalesce(monthly.active_customer_count, 0) as active_customer_count,
        coalesce(monthly.order_count, 0) as order_count,
        coalesce(monthly.order_amount, 0) as order_amount
    from grid
    left join monthly using (first_order_month_date_key, months_since_first_order)
)

select
    cohort,
    cast(months_since_first_order as integer) as months_since_first_order,
    cohort_customer_count,
    active_customer_count,
    cast(active_customer_count / nullif(cohort_customer_count, 0) as decimal(18, 6)) as retention,
    cast(order_count as bigint) as order_count,
    cast(order_amount as decimal(38, 4)) as order_amount,
    cast(sum(order_amount) over (
        partition by cohort order by months_since_first_order
    ) as decimal(38, 4)) as cumulative_amount,
    cast(
        sum(order_amount) over (partition by cohort order by months_since_first_order)
        / nullif(cohort_customer_count, 0) as decimal(18, 4)
    ) as lifetime_amount_per_customer

from counted
