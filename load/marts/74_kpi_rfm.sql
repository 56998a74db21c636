-- Question: who bought lately, often and for much?
-- Grain: customer with at least one order.
-- Sources: customer_overview, dim_employee, about.

with today as (
    select cast(timezone(company_time_zone, as_of) as date) as today
    from about
),

bought as (
    select
        overview.customer_key,
        overview.display_name,
        overview.employee_key,
        overview.last_order_date_key,
        date_diff(
            'day', cast(strptime(cast(overview.last_order_date_key as varchar), '%Y%m%d') as date), today.today
        ) as recency_days,
        overview.order_count as frequency_count,
        coalesce(overview.ordered_amount, 0) as monetary_amount
    from customer_overview as overview
    cross join today
    where overview.customer_key > 0 and overview.order_count > 0 and overview.last_order_date_key > 0
),

-- Equal values get equal scores: the share of customers that are worse decides, not their order in the file.
scored as (
    select
        *,
        1 + least(4, 5 * (rank() over (order by last_order_date_key) - 1) // customer_count) as recency_score,
        1 + least(4, 5 * (rank() over (order by frequency_count) - 1) // customer_count) as frequency_score,
        1 + least(4, 5 * (rank() over (order by monetary_amount) - 1) // customer_count) as monetary_score
    from bought
    cross join (select count(*) as customer_count from bought)
)

select
    scored.customer_key,
    scored.display_name,
    coalesce(employee.division, '(none)') as division,
    coalesce(employee.department, '(none)') as department,
    coalesce(employee.team, '(none)') as team,
    if(scored.employee_key > 0, coalesce(employee.name, employee.employee_id), '(none)') as sales_person,
    recency_days,
    frequency_count,
    monetary_amount,
    cast(recency_score as integer) as recency_score,
    cast(frequency_score as integer) as frequency_score,
    cast(monetary_score as integer) as monetary_score,
    case
        when recency_score >= 4 and frequency_score >= 4 and monetary_score >= 4 then 'champion'
        when recency_score >= 4 and frequency_count = 1 then 'new'
        when recency_score >= 3 and frequency_score >= 3 then 'loyal'
        when recency_score >= 3 then 'promising'
        when frequency_score >= 4 or monetary_score >= 4 then 'at risk'
        else 'asleep'
    end as segment

from scored
left join dim_employee as employee using (employee_key)
