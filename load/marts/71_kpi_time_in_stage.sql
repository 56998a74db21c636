-- Question: how long do pursuits stay in each stage?
-- Grain: funnel, stage, breakdown and member; the whole also by month in which the stage was entered.
-- Sources: fact_stage_event, dim_funnel_stage, dim_employee, dim_date.

with visit as (
    select
        event.funnel_name,
        event.stage_key,
        coalesce(employee.division, '(none)') as division,
        if(event.employee_key < 0, '(none)', coalesce(employee.name, employee.employee_id)) as person,
        coalesce(entered.year_month, '(not told)') as month,
        event.duration_seconds,
        event.duration_seconds // 86400 as days
    from fact_stage_event as event
    left join dim_employee as employee using (employee_key)
    left join dim_date as entered on entered.date_key = event.entered_date_key
    where event.stage_key > 0
),

measured as (
    select
        funnel_name,
        stage_key,
        case grouping(division, person, month)
            when 7 then 'all'
            when 3 then 'division'
            when 5 then 'sales person'
            else 'month'
        end as breakdown,
        coalesce(division, person, month, '(all)') as member,
        count(*) as visit_count,
        count(duration_seconds) as finished_count,
        quantile_disc(days, 0.5) as median_days,
        quantile_disc(days, 0.9) as p90_days,
        cast(sum(duration_seconds) as bigint) as total_seconds
    from visit
    group by grouping sets (
        (funnel_name, stage_key),
        (funnel_name, stage_key, division),
        (funnel_name, stage_key, person),
        (funnel_name, stage_key, month)
    )
)

select
    measured.funnel_name,
    measured.breakdown,
    measured.member,
    stage.stage_rank,
    stage.name as stage_name,
    measured.visit_count,
    measured.finished_count,
    measured.median_days,
    measured.p90_days,
    measured.total_seconds,
    cast(measured.total_seconds / nullif(86400 * measured.finished_count, 0) as decimal(18, 6)) as average_days

from measured
left join dim_funnel_stage as stage using (stage_key)
