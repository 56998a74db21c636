-- Question: Is every pursuit that was closed before it began, or won before an earlier milestone, flagged as impossible?
-- Severity: error
-- Grain: pursuit.
-- Sources: fact_pipeline.

select
    pursuit_key,
    source_system,
    lead_id,
    opportunity_id

from warehouse.fact_pipeline

where not is_impossible
    and (
        closed_at < created_at
        or (is_won and closed_at < greatest(appointment_at, presentation_at, proposal_at))
        or proposal_at < least(prospect_at, qualified_lead_at, appointment_at)
        or presentation_at < least(prospect_at, qualified_lead_at, appointment_at)
        or appointment_at < least(prospect_at, qualified_lead_at)
    )
