-- Question: how many touches does a decision take, and after how many is it won?
-- Grain: funnel, outcome, breakdown and member.
-- Sources: fact_pipeline, fact_touch, report_member.

with touched as (
    select
        pursuit_key,
        count(*) as touch_count
    from fact_touch
    where pursuit_key > 0
    group by pursuit_key
),

decided as (
    select
        pursuit.funnel_name,
        pursuit.outcome,
        pursuit.employee_key,
        pursuit.channel_key,
        coalesce(touched.touch_count, 0) as touch_count,
        count(*) as pursuit_count
    from fact_pipeline as pursuit
    left join touched using (pursuit_key)
    where pursuit.is_closed
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
    from decided
),

placed as (
    select
        spread.funnel_name,
        spread.outcome,
        member.breakdown,
        member.member,
        spread.touch_count,
        sum(spread.pursuit_count) as pursuit_count
    from spread
    inner join report_member as member using (dimension, key)
    group by all
),

ranked as (
    select
        *,
        sum(pursuit_count) over whole as whole_count,
        sum(pursuit_count) over upto as upto_count
    from placed
    window
        whole as (partition by funnel_name, outcome, breakdown, member),
        upto as (partition by funnel_name, outcome, breakdown, member order by touch_count)
)

select
    funnel_name,
    breakdown,
    member,
    outcome,
    cast(sum(pursuit_count) as bigint) as decision_count,
    cast(sum(pursuit_count * touch_count) as bigint) as touch_count,
    cast(sum(pursuit_count * touch_count) / nullif(sum(pursuit_count), 0) as decimal(18, 6)) as touches_per_decision,
    min(touch_count) filter (where 2 * upto_count >= whole_count) as median_touch_count

from ranked

group by all
