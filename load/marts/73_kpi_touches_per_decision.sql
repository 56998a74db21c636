-- Question: how many touches does a decision take, and after how many is it won?
-- Grain: funnel, outcome, breakdown, member and period in which it was decided.
-- Sources: fact_pipeline, fact_touch, report_pursuit, report_member, report_period.

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
        pursuit.closed_date_key as date_key,
        coalesce(touched.touch_count, 0) as touch_count,
        unnest(asked.asked_by, max_depth := 2)
    from fact_pipeline as pursuit
    inner join report_pursuit as asked using (pursuit_key)
    left join touched using (pursuit_key)
    where pursuit.is_closed and exists (from fact_touch) -- without any, nobody knows how many it took
),

-- By day first: a day belongs to many periods, and a key to many members.
daily as (
    select
        *,
        count(*) as pursuit_count
    from decided
    group by all
),

placed as (
    select
        daily.funnel_name,
        daily.outcome,
        member.member_number,
        period.period_number,
        daily.touch_count,
        sum(daily.pursuit_count) as pursuit_count
    from daily
    inner join report_member as member using (dimension, key)
    inner join report_period as period using (date_key)
    group by all
),

ranked as (
    select
        *,
        sum(pursuit_count) over whole as whole_count,
        sum(pursuit_count) over upto as upto_count
    from placed
    window
        whole as (partition by funnel_name, outcome, member_number, period_number),
        upto as (partition by funnel_name, outcome, member_number, period_number order by touch_count)
),

counted as (
    select
        funnel_name,
        outcome,
        member_number,
        period_number,
        cast(sum(pursuit_count) as bigint) as decision_count,
        cast(sum(pursuit_count * touch_count) as bigint) as touch_count,
        min(touch_count) filter (where 2 * upto_count >= whole_count) as median_touch_count
    from ranked
    group by funnel_name, outcome, member_number, period_number
)

select
    counted.funnel_name,
    member.breakdown,
    member.member,
    period.period_kind,
    period.period,
    counted.outcome,
    counted.decision_count,
    counted.touch_count,
    cast(counted.touch_count / nullif(counted.decision_count, 0) as decimal(18, 6)) as touches_per_decision,
    counted.median_touch_count

from counted
inner join (select distinct member_number, breakdown, member from report_member) as member using (member_number)
inner join (select distinct period_number, period_kind, period from report_period) as period using (period_number)
