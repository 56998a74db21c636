-- Question: which stage of the funnel that the source follows does each of its status words mean?
-- Grain: funnel, source system, entity and word as delivered. The source's own mapping of the entity
-- comes first, then its general one, then the entity's of all sources, then the general one.
-- Changes with: nothing
-- Sources: status words of the ODS, src.named_funnel, meta.funnel, meta.funnel_word.

with found as (
    select distinct 'pursuit' as counts, source_system, 'lead' as entity, status as word from ods.lead_version
    union
    select distinct 'pursuit', source_system, 'lead', status from ods.lead
    union
    select distinct 'pursuit', source_system, 'opportunity', status from ods.opportunity_version
    union
    select distinct 'pursuit', source_system, 'opportunity', status from ods.opportunity
    union
    select distinct 'pursuit', source_system, 'opportunity', last_stage from ods.opportunity_version
    union
    select distinct 'pursuit', source_system, 'opportunity', last_stage from ods.opportunity
    union
    select distinct 'pursuit', source_system, if(opportunity_id is null, 'lead', 'opportunity'), stage
    from ods.stage_event
    union
    select distinct 'pursuit', source_system, if(opportunity_id is null, 'lead', 'opportunity'), from_stage
    from ods.stage_event
    union
    select distinct 'pursuit', source_system, 'reason', lost_reason from ods.lead_version
    union
    select distinct 'pursuit', source_system, 'reason', lost_reason from ods.lead
    union
    select distinct 'pursuit', source_system, 'reason', lost_reason from ods.opportunity_version
    union
    select distinct 'pursuit', source_system, 'reason', lost_reason from ods.opportunity
    union
    select distinct 'pursuit', source_system, 'reason', reason from ods.stage_event
    union
    select distinct 'session', source_system, 'web_event', type from ods.web_event
),

asked as (
    select
        funnel.funnel_name,
        found.source_system,
        found.entity,
        found.word,
        src.plain(found.word) as plain_word
    from found
    left join src.named_funnel as named on named.source_system = found.source_system
    inner join warehouse.meta.funnel as funnel
        on funnel.counts = found.counts
        and funnel.funnel_name = if(found.counts = 'pursuit', coalesce(named.funnel_name, 'sales'), 'online')
    where found.word is not null
),

mapped as (
    select
        asked.funnel_name,
        asked.source_system,
        asked.entity,
        asked.word,
        known.stage_key
    from asked
    inner join warehouse.meta.funnel_word as known
        on known.funnel_name = asked.funnel_name and known.word = asked.plain_word
    where known.source_system in ('', asked.source_system)
        and (known.entity = asked.entity or (known.entity = '' and asked.entity <> 'reason'))
    qualify row_number() over (
        partition by asked.funnel_name, asked.source_system, asked.entity, asked.word
        order by known.source_system desc, known.entity desc
    ) = 1
)

select
    asked.funnel_name,
    asked.source_system,
    asked.entity,
    asked.word,
    coalesce(mapped.stage_key, -1) as stage_key

from asked
left join mapped using (funnel_name, source_system, entity, word)
