-- Question: Which pursuits have milestones out of order, such as won before first contact?
-- Severity: warn
-- Grain: pursuit.
-- Sources: fact_pipeline.

select
    pursuit_key,
    source_system,
    lead_id,
    opportunity_id

from warehouse.fact_pipeline

where is_impossible
