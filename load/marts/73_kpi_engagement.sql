-- Question: how much do customers answer, and how much of our contact leads to a decision?
-- Grain: breakdown, member and period in which the touch happened.
-- Sources: fact_touch, fact_pipeline, report_member, report_period.

with touch as (
    select
        touch.touch_date_key,
        touch.direction,
        touch.is_reply,
        touch.is_two_way,
        pursuit.is_closed,
        pursuit.is_won,
        unnest([
            {'dimension': 'all', 'key': 0},
            {'dimension': 'employee', 'key': touch.employee_key},
            {'dimension': 'channel', 'key': touch.channel_key},
            {'dimension': 'touchpoint', 'key': touch.touchpoint_key}
        ], max_depth := 2)
    from fact_touch as touch
    left join fact_pipeline as pursuit using (pursuit_key)
),

-- By day first: a day belongs to many periods, and a key to many members.
daily as (
    select
        dimension,
        key,
        touch_date_key,
        count(*) as touch_count,
        count(*) filter (where direction = 'out') as touch_out_count,
        count(*) filter (where direction = 'in') as touch_in_count,
        count(*) filter (where is_reply) as reply_count,
        count(*) filter (where is_two_way) as two_way_count,
        count(*) filter (where is_closed) as decided_touch_count,
        count(*) filter (where is_won) as won_touch_count
    from touch
    group by dimension, key, touch_date_key
),

counted as (
    select
        member.breakdown,
        member.member,
        period.period_kind,
        period.period,
        cast(sum(touch_count) as bigint) as touch_count,
        cast(sum(touch_out_count) as bigint) as touch_out_count,
        cast(sum(touch_in_count) as bigint) as touch_in_count,
        cast(sum(reply_count) as bigint) as reply_count,
        cast(sum(two_way_count) as bigint) as two_way_count,
        cast(sum(decided_touch_count) as bigint) as decided_touch_count,
        cast(sum(won_touch_count) as bigint) as won_touch_count
    from daily
    inner join report_member as member using (dimension, key)
    inner join report_period as period on period.date_key = daily.touch_date_key
    group by all
)

select
    *,
    cast(reply_count / nullif(touch_out_count, 0) as decimal(18, 6)) as reply_rate,
    cast(two_way_count / nullif(touch_count, 0) as decimal(18, 6)) as two_way_share

from counted
