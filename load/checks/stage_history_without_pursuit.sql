-- Question: Which rows of stage history belong to no lead and no opportunity that was delivered?
-- Severity: warn
-- Grain: row of stage history.
-- Sources: stage_event, fact_pipeline.

select
    event.source_system,
    event.stage_event_id,
    event.lead_id,
    event.opportunity_id

from ods.stage_event as event
anti join warehouse.fact_pipeline as of_opportunity
    on of_opportunity.source_system = event.source_system and of_opportunity.opportunity_id = event.opportunity_id
anti join warehouse.fact_pipeline as of_lead
    on of_lead.source_system = event.source_system and of_lead.lead_id = event.lead_id

where not event.is_deleted
