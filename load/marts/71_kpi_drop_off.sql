-- Question: at which step do pursuits stop, and why?
-- Grain: funnel, step, reason, breakdown, member and period in which the pursuit began.
-- Sources: fact_pipeline, dim_funnel_stage, customer_overview, meta.funnel_step, report_pursuit, report_member, report_period.

with stopped as (
    select
        pursuit.funnel_name,
        pursuit.furthest_step_number as step_number,
        pursuit.created_date_key as date_key,
        case
            when pursuit.is_closed then 'lost: ' || case
                when pursuit.outcome = 'lost to competitor' then pursuit.outcome
                else coalesce(lower(pursuit.lost_reason), pursuit.outcome)
            end
            when stage.stage_rank < furthest.stage_rank then 'regressed'
            when pursuit.event_count <= 1 and pursuit.furthest_step_number <= 1 and pursuit.customer_key > 0 and coalesce(known.click_count, 0) > 0
                and coalesce(known.touch_in_count, 0) + coalesce(known.two_way_count, 0) = 0
                then 'clicked, then stopped'
            when pursuit.event_count <= 1 and pursuit.furthest_step_number <= 1 and pursuit.customer_key > 0
                and coalesce(known.touch_in_count, 0) + coalesce(known.two_way_count, 0) + coalesce(known.response_count, 0) = 0
                then 'never responded'
            else 'still open'
        end as reason,
        unnest(asked.asked_by, max_depth := 2)
    from fact_pipeline as pursuit
    inner join report_pursuit as asked using (pursuit_key)
    left join dim_funnel_stage as stage on stage.stage_key = pursuit.current_stage_key
    left join dim_funnel_stage as furthest on furthest.stage_key = pursuit.furthest_stage_key
    left join customer_overview as known on known.customer_key = pursuit.customer_key
    where not pursuit.is_won
),

-- By day first: a day belongs to many periods, and a key to many members.
daily as (
    select
        funnel_name,
        step_number,
        reason,
        dimension,
        key,
        date_key,
        count(*) as stopped_count
    from stopped
    group by all
),

counted as (
    select
        daily.funnel_name,
        daily.step_number,
        daily.reason,
        member.breakdown,
        member.member_number,
        period.period_kind,
        period.period_number,
        cast(sum(daily.stopped_count) as bigint) as stopped_count
    from daily
    inner join report_member as member using (dimension, key)
    inner join report_period as period using (date_key)
    group by all
),

compared as (
    select
        *,
        cast(sum(stopped_count) over (
            partition by funnel_name, breakdown, member_number, period_kind, period_number
        ) as bigint) as all_stopped_count
    from counted
)

select
    compared.funnel_name,
    compared.breakdown,
    member.member,
    compared.period_kind,
    period.period,
    compared.step_number,
    step.step_name,
    compared.reason,
    compared.stopped_count,
    compared.all_stopped_count,
    cast(compared.stopped_count / compared.all_stopped_count as decimal(18, 6)) as stopped_share

from compared
inner join (select distinct member_number, member from report_member) as member using (member_number)
inner join (select distinct period_number, period from report_period) as period using (period_number)
left join meta.funnel_step as step using (funnel_name, step_number)
