-- Question: which stage of the funnel of its source does each word for a web event mean?
-- Grain: source system and word as delivered; the source's own mapping comes first.
-- Changes with: nothing
-- Sources: web_event, src.event_funnel, meta.funnel_word.

with found as (
    select distinct
        event.source_system,
        event.type as word,
        followed.funnel_name
    from ods.web_event as event
    inner join src.event_funnel as followed using (source_system)
    where event.type is not null
),

mapped as (
    select
        found.source_system,
        found.word,
        arg_max(known.stage_key, (known.source_system, known.entity)) as stage_key
    from found
    inner join warehouse.meta.funnel_word as known
        on known.word = src.word(found.word)
        and known.funnel_name = found.funnel_name
    where known.source_system in ('', found.source_system)
        and known.entity in ('', 'web_event')
    group by found.source_system, found.word
)

select
    found.source_system,
    found.word,
    found.funnel_name,
    coalesce(mapped.stage_key, -1) as stage_key

from found
left join mapped using (source_system, word)
