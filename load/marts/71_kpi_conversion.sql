-- Question: of the pursuits that began in a period, how many reached each step, and how many went on?
-- Grain: funnel, breakdown, member, period and step.
-- Sources: fact_pipeline, meta.funnel_step, report_member, report_period.

with spread as (
    select
        funnel_name,
        created_date_key,
        furthest_step_number,
        unnest([
            {'dimension': 'all', 'key': 0},
            {'dimension': 'employee', 'key': employee_key},
            {'dimension': 'channel', 'key': channel_key},
            {'dimension': 'campaign', 'key': campaign_key}
        ], max_depth := 2)
    from fact_pipeline
),

-- By day first: a day belongs to many periods, and a key to many members.
daily as (
    select
        funnel_name,
        dimension,
        key,
        created_date_key,
        furthest_step_number,
        count(*) as pursuit_count
    from spread
    group by all
),

furthest as (
    select
        daily.funnel_name,
        member.breakdown,
        member.member,
        period.period_kind,
        period.period,
        daily.furthest_step_number,
        sum(daily.pursuit_count) as pursuit_count
    from daily
    inner join report_member as member using (dimension, key)
    inner join report_period as period on period.date_key = daily.created_date_key
    group by all
),

counted as (
    select
        furthest.funnel_name,
        furthest.breakdown,
        furthest.member,
        furthest.period_kind,
        furthest.period,
        step.step_number,
        step.step_name,
        cast(coalesce(
            sum(furthest.pursuit_count) filter (where furthest.furthest_step_number >= step.step_number), 0
        ) as bigint) as reached_count
    from furthest
    inner join meta.funnel_step as step using (funnel_name)
    group by all
),

compared as (
    select
        *,
        lag(reached_count) over steps as previous_count,
        first_value(reached_count) over steps as first_count
    from counted
    window steps as (
        partition by funnel_name, breakdown, member, period_kind, period
        order by step_number
    )
)

select
    funnel_name,
    breakdown,
    member,
    period_kind,
    period,
    step_number,
    step_name,
    reached_count,
    previous_count,
    cast(reached_count / nullif(previous_count, 0) as decimal(18, 6)) as conversion,
    first_count,
    cast(reached_count / nullif(first_count, 0) as decimal(18, 6)) as conversion_from_first

from compared
