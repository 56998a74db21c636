-- Question: how fresh is each feed?
with newest as (
    select
        feed_name,
        max(delivered_at) as delivered_at,
        count(distinct (sha256, delivered_at)) as delivery_count
    from meta.arrival
    group by feed_name
)

select
    coalesce(feed.feed_name, newest.feed_name),
    coalesce(feed.source_system, ''),
    coalesce(feed.meaning, ''),
    coalesce(if(epoch_us(newest.delivered_at) > 0, strftime(newest.delivered_at, '%Y-%m-%d %H:%M'), 'not told'), 'never'),
    coalesce(cast(newest.delivery_count as varchar), '0'),
    case
        when feed.fresh_within_seconds is null then 'nothing promised'
        when newest.delivered_at is null
            or epoch_us(about.as_of) - epoch_us(newest.delivered_at) > 1000000 * feed.fresh_within_seconds then 'late'
        else 'in time'
    end

from meta.feed as feed
full join newest using (feed_name)
cross join about

order by 1
