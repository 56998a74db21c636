-- Question: how far are the orders on their way, and how long does each part take?
-- Grain: breakdown, member and period in which it was ordered.
-- Sources: fact_order_fulfilment, report_member, report_period.

with sent as (
    select
        ordered_date_key,
        progress,
        is_open,
        order_reporting_amount,
        order_to_ship_days,
        order_to_deliver_days,
        unnest([
            {'dimension': 'all', 'key': 0},
            {'dimension': 'employee', 'key': employee_key},
            {'dimension': 'touchpoint', 'key': touchpoint_key}
        ], max_depth := 2)
    from fact_order_fulfilment
    where progress <> 'returned'
),

-- By day first: a day belongs to many periods, and a key to many members.
daily as (
    select
        dimension,
        key,
        ordered_date_key,
        count(*) as fulfilment_count,
        count(*) filter (where progress = 'waiting') as waiting_count,
        count(*) filter (where progress = 'shipped') as shipped_count,
        count(*) filter (where progress = 'delivered') as delivered_count,
        count(*) filter (where progress = 'cancelled') as cancelled_count,
        sum(order_reporting_amount) filter (where is_open) as open_amount,
        count(order_to_ship_days) as timed_ship_count,
        sum(order_to_ship_days) as order_to_ship_days,
        count(order_to_deliver_days) as timed_deliver_count,
        sum(order_to_deliver_days) as order_to_deliver_days,
        count(*) filter (where order_to_ship_days <= 2) as shipped_within_2_days_count
    from sent
    group by dimension, key, ordered_date_key
),

counted as (
    select
        member.breakdown,
        member.member,
        period.period_kind,
        period.period,
        cast(sum(fulfilment_count) as bigint) as fulfilment_count,
        cast(sum(waiting_count) as bigint) as waiting_count,
        cast(sum(shipped_count) as bigint) as shipped_count,
        cast(sum(delivered_count) as bigint) as delivered_count,
        cast(sum(cancelled_count) as bigint) as cancelled_count,
        cast(sum(open_amount) as decimal(38, 4)) as open_amount,
        cast(sum(timed_ship_count) as bigint) as timed_ship_count,
        cast(sum(order_to_ship_days) as bigint) as ship_days,
        cast(sum(timed_deliver_count) as bigint) as timed_deliver_count,
        cast(sum(order_to_deliver_days) as bigint) as deliver_days,
        cast(sum(shipped_within_2_days_count) as bigint) as shipped_within_2_days_count
    from daily
    inner join report_member as member using (dimension, key)
    inner join report_period as period on period.date_key = daily.ordered_date_key
    group by all
)

select
    *,
    cast(ship_days / nullif(timed_ship_count, 0) as decimal(18, 6)) as average_ship_days,
    cast(deliver_days / nullif(timed_deliver_count, 0) as decimal(18, 6)) as average_deliver_days,
    cast(delivered_count / nullif(fulfilment_count - cancelled_count, 0) as decimal(18, 6)) as delivered_share

from counted
