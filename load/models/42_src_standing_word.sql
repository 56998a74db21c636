-- Question: which words of the sources say that a pursuit has ended, and how?
-- Grain: funnel, source system, entity and word; that it is lost alone tells less than its moves.
-- Sources: src.stage_word, meta.funnel_stage.

select
    word.funnel_name,
    word.source_system,
    word.entity,
    word.word,
    word.stage_key

from src.stage_word as word
inner join warehouse.meta.funnel_stage as stage using (stage_key)

where stage.is_terminal and stage.outcome <> 'lost' and word.entity <> 'reason'
