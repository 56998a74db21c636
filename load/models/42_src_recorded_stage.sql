-- Question: which stages does the stage history of the sources tell of, and of which pursuit?
-- Grain: one row of stage history that names a stage of a known pursuit.
-- Sources: stage_event, src.pursuit, src.pursuit_of, src.stage_word, meta.funnel_stage.
-- Rows from: ods.stage_event

with reported as (
    select
        coalesce(of_opportunity.pursuit_key, of_lead.pursuit_key) as pursuit_key,
        of_opportunity.pursuit_key is not null as is_of_opportunity,
        event.source_system,
        if(event.opportunity_id is null, 'lead', 'opportunity') as entity,
        event.stage as word,
        event.from_stage as from_word,
        event.at,
        event.reason,
        event.employee_id,
        event.row_id,
        event.file_key,
        event.source_row
    from ods.stage_event as event
    left join src.pursuit_of as of_opportunity
        on of_opportunity.source_system = event.source_system
        and of_opportunity.entity = 'opportunity'
        and of_opportunity.id = event.opportunity_id
    left join src.pursuit_of as of_lead
        on of_lead.source_system = event.source_system
        and of_lead.entity = 'lead'
        and of_lead.id = event.lead_id
    where not event.is_deleted and event.stage is not null
)

select
    reported.*,
    word.stage_key,
    coalesce(stage.is_terminal, false) as is_terminal
from reported
inner join src.pursuit using (pursuit_key)
left join src.stage_word as word
    on word.funnel_name = pursuit.funnel_name
    and word.source_system = reported.source_system
    and word.entity = reported.entity
    and word.word = reported.word
left join warehouse.meta.funnel_stage as stage on stage.stage_key = word.stage_key
