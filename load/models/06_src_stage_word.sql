-- Question: which stage of the funnel that the source follows does each of its status words mean?
-- Grain: funnel, source system, entity and word as delivered. The source's own mapping of the entity
-- comes first, then its general one, then the entity's of all sources, then the general one. Where the source
-- lists its stages, what it says of the code counts: an end that it tells, then the name. A reason may be a word
-- for an end that tells more than that the pursuit was lost (Out-Sold).
-- Sources: status words of the ODS, stage, src.named_funnel, meta.funnel_stage, meta.funnel_word.

with found as (
    select distinct source_system, 'lead' as entity, status as word from ods.lead_version
    union
    select distinct source_system, 'lead', status from ods.lead
    union
    select distinct source_system, 'lead', last_stage from ods.lead_version
    union
    select distinct source_system, 'lead', last_stage from ods.lead
    union
    select distinct source_system, 'opportunity', status from ods.opportunity_version
    union
    select distinct source_system, 'opportunity', status from ods.opportunity
    union
    select distinct source_system, 'opportunity', last_stage from ods.opportunity_version
    union
    select distinct source_system, 'opportunity', last_stage from ods.opportunity
    union
    select distinct source_system, if(opportunity_id is null, 'lead', 'opportunity'), stage from ods.stage_event
    union
    select distinct source_system, if(opportunity_id is null, 'lead', 'opportunity'), from_stage from ods.stage_event
    union
    select distinct source_system, 'reason', lost_reason from ods.lead_version
    union
    select distinct source_system, 'reason', lost_reason from ods.lead
    union
    select distinct source_system, 'reason', lost_reason from ods.opportunity_version
    union
    select distinct source_system, 'reason', lost_reason from ods.opportunity
    union
    select distinct source_system, 'reason', reason from ods.stage_event
),

-- A code that stands for several things in several pipelines stands for nothing here.
listed as (
    select
        source_system,
        stage_id as word,
        if(count(distinct name) = 1, min(name), null) as name,
        if(count(distinct src.word(outcome)) = 1, min(src.word(outcome)), null) as outcome
    from ods.stage
    where not is_deleted
    group by source_system, stage_id
),

asked as (
    select
        named.funnel_name,
        found.source_system,
        found.entity,
        found.word,
        listed.name,
        if(listed.outcome in ('won', 'lost'), listed.outcome, null) as outcome
    from found
    inner join (select distinct source_system, funnel_name from src.named_funnel) as named using (source_system)
    left join listed
        on listed.source_system = found.source_system
        and listed.word = if(found.entity = 'reason', null, found.word)
    where found.word is not null
),

-- The end of each kind that a source's flag of won or lost means.
flagged as (
    select
        funnel_name,
        if(outcome = 'won', 'won', 'lost') as outcome,
        arg_max(stage_key, (outcome in ('won', 'lost'), stage_rank, stage_key)) as stage_key
    from warehouse.meta.funnel_stage
    where is_terminal
    group by 1, 2
),

-- A word is looked for as it is, and as the source's list calls it; else without its number or grade, and without
-- what stands in brackets.
called as (
    select
        *,
        unnest([
            src.word(name), src.bare(name), src.bare(regexp_replace(name, '[(\[].*?[)\]]', ' ', 'g')),
            src.word(word), src.bare(word), src.bare(regexp_replace(word, '[(\[].*?[)\]]', ' ', 'g'))
        ]) as text,
        unnest([20, 21, 22, 30, 31, 32]) as preference
    from asked
),

candidate as (
    select
        asked.* exclude (text, preference),
        known.stage_key,
        -- What is said of this source beats all else, of the word itself before its name.
        if(known.source_system <> '', abs(asked.preference - 30) - 100, asked.preference) as preference,
        known.source_system as known_system,
        known.entity as known_entity
    from called as asked
    inner join (
        select
            word.*,
            stage.outcome as stage_outcome
        from warehouse.meta.funnel_word as word
        inner join warehouse.meta.funnel_stage as stage using (stage_key)
    ) as known
        on known.funnel_name = asked.funnel_name and known.word = asked.text
    where known.source_system in ('', asked.source_system)
        and (
            known.entity = asked.entity
            or (
                known.entity = ''
                and (asked.entity <> 'reason' or known.stage_outcome in ('lost to competitor', 'no decision'))
            )
        )
        and (asked.outcome is distinct from 'lost' or known.stage_outcome not in ('open', 'won'))

    union all by name

    select
        asked.*,
        flagged.stage_key,
        if(asked.outcome = 'won', 10, 40) as preference
    from asked
    inner join flagged using (funnel_name, outcome)
),

mapped as (
    select *
    from candidate
    qualify row_number() over (
        partition by funnel_name, source_system, entity, word
        order by preference, known_system desc, known_entity desc, stage_key
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
