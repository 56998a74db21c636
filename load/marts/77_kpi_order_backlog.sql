-- Question: how many weeks of work are the open orders, at the pace of the last four weeks?
-- Grain: breakdown and member; as of now.
-- Sources: fact_order_fulfilment, about, report_member.

with today as (
    select as_of
    from about
),

alike as (
    select
        touchpoint_key,
        employee_key,
        count(*) filter (where progress = 'waiting') as waiting_count,
        sum(order_reporting_amount) filter (where progress = 'waiting') as waiting_amount,
        min(ordered_at) filter (where progress = 'waiting') as oldest_waiting_at,
        count(*) filter (
            where fact.progress <> 'returned'
                and epoch_us(fact.shipped_at) between epoch_us(today.as_of) - 2419200000000 and epoch_us(today.as_of)
        ) as shipped_in_4_weeks_count
    from fact_order_fulfilment as fact
    cross join today
    group by touchpoint_key, employee_key
),

spread as (
    select
        alike.* exclude (touchpoint_key, employee_key),
        unnest([
            {'dimension': 'all', 'key': 0},
            {'dimension': 'employee', 'key': employee_key},
            {'dimension': 'touchpoint', 'key': touchpoint_key}
        ], max_depth := 2)
    from alike
),

counted as (
    select
        member.breakdown,
        member.member,
        cast(sum(waiting_count) as bigint) as waiting_count,
        cast(sum(waiting_amount) as decimal(38, 4)) as waiting_amount,
        min(oldest_waiting_at) as oldest_waiting_at,
        cast(sum(shipped_in_4_weeks_count) as bigint) as shipped_in_4_weeks_count
    from spread
    inner join report_member as member using (dimension, key)
    group by all
)

select
    counted.*,
    cast(4 * counted.waiting_count / nullif(counted.shipped_in_4_weeks_count, 0) as decimal(18, 6)) as backlog_weeks,
    (epoch_us(today.as_of) - epoch_us(counted.oldest_waiting_at)) // 86400000000 as oldest_waiting_days

from counted
cross join today
