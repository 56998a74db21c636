-- Question: Which feeds are older than their contract promises?
-- Severity: warn
-- Grain: feed.
-- Sources: meta.feed, meta.arrival, meta.run.

with newest as (
    select
        feed_name,
        max(delivered_at) as delivered_at
    from warehouse.meta.arrival
    where epoch_us(delivered_at) > 0
    group by feed_name
),

today as (
    select arg_max(as_of, run_id) as as_of
    from warehouse.meta.run
)

select
    feed.feed_name,
    newest.delivered_at,
    feed.fresh_within_seconds

from warehouse.meta.feed as feed
cross join today
left join newest using (feed_name)

where feed.fresh_within_seconds is not null
    and (
        newest.delivered_at is null
        or epoch_us(today.as_of) - epoch_us(newest.delivered_at) > 1000000 * feed.fresh_within_seconds
    )
