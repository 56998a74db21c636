-- Question: Does each pursuit count the transitions that it has?
-- Severity: error
-- Grain: pursuit.
-- Sources: fact_pipeline, fact_stage_event.
-- Delta: pursuit_key of warehouse.fact_pipeline, warehouse.fact_stage_event

with counted as (
    select
        pursuit_key,
        count(*) as event_count,
        count(*) filter (where is_regression) as regression_count,
        count(*) filter (where is_skip) as skip_count,
        count(*) filter (where is_reentry) as reentry_count,
        count(*) filter (where not is_legal) as illegal_count
    from warehouse.fact_stage_event
    group by pursuit_key
)

select
    coalesce(pursuit.pursuit_key, counted.pursuit_key) as pursuit_key,
    pursuit.event_count as told_count,
    counted.event_count as counted_count

from warehouse.fact_pipeline as pursuit
full join counted using (pursuit_key)

where pursuit.pursuit_key is null
    or pursuit.event_count <> coalesce(counted.event_count, 0)
    or pursuit.regression_count <> coalesce(counted.regression_count, 0)
    or pursuit.skip_count <> coalesce(counted.skip_count, 0)
    or pursuit.reentry_count <> coalesce(counted.reentry_count, 0)
    or pursuit.illegal_count <> coalesce(counted.illegal_count, 0)
