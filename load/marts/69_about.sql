-- Question: what moment does this file speak for, and what should be known before trusting it?
-- Grain: one row.
-- Sources: src.moment, src.param, meta.arrival, meta.control_total, meta.check_result. Written again after the checks.

with arrival as (
    select distinct
        feed_name,
        delivered_at
    from warehouse.meta.arrival
    where epoch_us(delivered_at) > 0
),

gap as (
    select
        feed_name,
        delivered_at,
        epoch_us(delivered_at)
        - lag(epoch_us(delivered_at)) over (partition by feed_name order by delivered_at) as microseconds
    from arrival
),

rhythm as (
    select
        feed_name,
        max(delivered_at) as last_at,
        quantile_disc(microseconds, 0.5) as usual_gap
    from gap
    group by feed_name
    having count(*) > 1
),

late as (
    select rhythm.feed_name
    from rhythm
    cross join src.moment
    where epoch_us(moment.as_of) - epoch_us(rhythm.last_at) > 2 * rhythm.usual_gap
),

warning as (
    select
        check_name,
        question,
        row_count
    from warehouse.meta.check_result
    where check_result.severity = 'warn'
        and check_result.row_count > 0
)

select
    as_of,
    run_id,
    company_time_zone,
    company_currency,
    fiscal_year_start,
    (select count(distinct feed_name) from warehouse.meta.arrival) as feed_count,
    (select count(*) from (select distinct feed_name, sha256, delivered_at from warehouse.meta.arrival)) as delivery_count,
    (select count(*) from late) as late_feed_count,
    (select string_agg(feed_name, ', ' order by feed_name) from late) as late_feeds,
    (select coalesce(sum(rows_quarantined), 0) from warehouse.meta.control_total) as quarantined_row_count,
    (select count(*) from warning) as warning_count,
    (
        select string_agg(question || ' ' || row_count || ' rows', chr(10) order by check_name)
        from warning
    ) as warnings

from src.moment
cross join src.param
