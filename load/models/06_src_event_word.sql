-- Question: which stage of the online funnel does each word for a web event mean?
-- Grain: source system and word as delivered; the source's own mapping comes first.
-- Changes with: nothing
-- Sources: web_event, meta.funnel_word.

with found as (
    select distinct source_system, type as word
    from ods.web_event
    where type is not null
),

mapped as (
    select
        found.source_system,
        found.word,
        arg_max(known.stage_key, (known.source_system, known.entity)) as stage_key
    from found
    inner join warehouse.meta.funnel_word as known on known.word = src.word(found.word)
    where known.funnel_name = 'online'
        and known.source_system in ('', found.source_system)
        and known.entity in ('', 'web_event')
    group by found.source_system, found.word
)

select
    found.source_system,
    found.word,
    coalesce(mapped.stage_key, -1) as stage_key

from found
left join mapped using (source_system, word)
