-- Question: which delivered rows tell of each pursuit?
-- Grain: pursuit and row: its lead, its opportunity, and what tells of its stages.

with told as (
    select asked.fact_row, 'lead' as part, lead.file_key, lead.source_row
    from asked
    inner join ods.lead using (source_system, lead_id)
    where not lead.is_deleted

    union

    select asked.fact_row, 'opportunity', opportunity.file_key, opportunity.source_row
    from asked
    inner join ods.opportunity using (source_system, opportunity_id)
    where not opportunity.is_deleted
)

from told

union

select
    asked.fact_row,
    if(event.is_derived, 'earlier state', 'stage event') as part,
    event.source_file_key as file_key,
    event.source_row

from asked
inner join warehouse.fact_stage_event as event using (pursuit_key)
anti join told
    on told.fact_row = asked.fact_row
    and told.file_key = event.source_file_key
    and told.source_row = event.source_row
