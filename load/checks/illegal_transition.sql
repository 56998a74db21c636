-- Question: Which pursuits moved in a way their funnel does not allow?
-- Severity: warn
-- Grain: transition.
-- Sources: fact_stage_event, dim_funnel_stage.

select
    event.pursuit_key,
    event.event_number,
    came_from.stage_id as from_stage,
    went_to.stage_id as to_stage

from warehouse.fact_stage_event as event
left join warehouse.dim_funnel_stage as came_from on came_from.stage_key = event.from_stage_key
left join warehouse.dim_funnel_stage as went_to on went_to.stage_key = event.stage_key

where event.is_legal = false
