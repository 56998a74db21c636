-- Question: at which step do pursuits stop, and why?
-- Grain: funnel, step, reason, breakdown, member and period in which the pursuit began.
-- Sources: fact_pipeline, dim_funnel_stage, customer_overview, report_member, report_period.

with stopped as (
    select
        pursuit.funnel_name,
        pursuit.furthest_step_number as step_number,
        pursuit.employee_key,
        pursuit.channel_key,
        pursuit.created_date_key,
        case
            when pursuit.is_closed then 'lost: ' || case
                when pursuit.outcome = 'lost to competitor' then pursuit.outcome
                else coalesce(lower(pursuit.lost_reason), pursuit.outcome)
            end
            when stage.stage_rank < furthest.stage_rank then 'regressed'
            when pursuit.event_count <= 1 and pursuit.customer_key > 0 and coalesce(known.click_count, 0) > 0
                and coalesce(known.touch_in_count, 0) + coalesce(known.two_way_count, 0) = 0
                then 'clicked, then stopped'
            when pursuit.event_count <= 1 and pursuit.customer_key > 0
                and coalesce(known.touch_in_count, 0) + coalesce(known.two_way_count, 0) + coalesce(known.response_count, 0) = 0
                then 'never responded'
            else 'still open'
        end as reason
    from fact_pipeline as pursuit
    left join dim_funnel_stage as stage on stage.stage_key = pursuit.current_stage_key
    left join dim_funnel_stage as furthest on furthest.stage_key = pursuit.furthest_stage_key
    left join customer_overview as known on known.customer_key = pursuit.customer_key
    where not pursuit.is_won
),

alike as (
    select
        *,
        count(*) as pursuit_count
    from stopped
    group by all
),

spread as (
    select
        * exclude (employee_key, channel_key),
        unnest([
            {'dimension': 'all', 'key': 0},
            {'dimension': 'employee', 'key': employee_key},
            {'dimension': 'channel', 'key': channel_key}
        ], max_depth := 2)
    from alike
),

counted as (
    select
        spread.funnel_name,
        spread.step_number,
        spread.reason,
        member.breakdown,
        member.member,
        period.period_kind,
        period.period,
        cast(sum(spread.pursuit_count) as bigint) as stopped_count
    from spread
    inner join report_member as member using (dimension, key)
    inner join report_period as period on period.date_key = spread.created_date_key
    group by all
)

select
    counted.funnel_name,
    counted.breakdown,
    counted.member,
    counted.period_kind,
    counted.period,
    counted.step_number,
    step.step_name,
    counted.reason,
    counted.stopped_count,
    cast(sum(counted.stopped_count) over (
        partition by counted.funnel_name, counted.breakdown, counted.member, counted.period_kind, counted.period
    ) as bigint) as all_stopped_count,
    cast(counted.stopped_count / sum(counted.stopped_count) over (
        partition by counted.funnel_name, counted.breakdown, counted.member, counted.period_kind, counted.period
    ) as decimal(18, 6)) as stopped_share

from counted
left join meta.funnel_step as step using (funnel_name, step_number)
