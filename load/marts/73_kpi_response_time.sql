-- Question: how fast do we, and how fast do customers, answer?
-- Grain: who asked, breakdown and member; the whole also by month in which it was asked.
-- Sources: fact_reply, dim_employee, dim_touchpoint, dim_date.

with asked as (
    select
        reply.asked_by,
        coalesce(reply.touch_type, '(not told)') as kind,
        coalesce(employee.division, '(none)') as division,
        if(reply.employee_key < 0, '(none)', coalesce(employee.name, employee.employee_id)) as person,
        coalesce(day.year_month, '(not told)') as month,
        reply.is_answered,
        reply.first_reply_minutes,
        reply.first_reply_business_minutes,
        reply.total_reply_minutes,
        reply.total_reply_business_minutes
    from fact_reply as reply
    left join dim_employee as employee using (employee_key)
    left join dim_date as day on day.date_key = reply.asked_date_key
),

measured as (
    select
        asked_by,
        case grouping(kind, division, person, month)
            when 15 then 'all'
            when 7 then 'kind'
            when 11 then 'division'
            when 13 then 'sales person'
            else 'month'
        end as breakdown,
        coalesce(kind, division, person, month, '(all)') as member,
        count(*) as question_count,
        count(*) filter (where is_answered) as answered_count,
        count(*) filter (where first_reply_business_minutes <= 60) as within_hour_count,
        quantile_disc(first_reply_minutes, 0.5) as median_first_minutes,
        quantile_disc(first_reply_minutes, 0.9) as p90_first_minutes,
        quantile_disc(first_reply_business_minutes, 0.5) as median_first_business_minutes,
        quantile_disc(first_reply_business_minutes, 0.9) as p90_first_business_minutes,
        quantile_disc(total_reply_minutes, 0.5) as median_total_minutes,
        quantile_disc(total_reply_business_minutes, 0.5) as median_total_business_minutes
    from asked
    group by grouping sets (
        (asked_by),
        (asked_by, kind),
        (asked_by, division),
        (asked_by, person),
        (asked_by, month)
    )
)

select
    *,
    cast(answered_count / nullif(question_count, 0) as decimal(18, 6)) as answered_share,
    cast(within_hour_count / nullif(question_count, 0) as decimal(18, 6)) as within_hour_share

from measured
