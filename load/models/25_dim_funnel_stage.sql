-- Question: which stages do the funnels have, and which step does each count for?
-- Grain: stage of a funnel.
-- Sources: meta.funnel_stage.

select
    stage_key,
    funnel_name,
    stage_id,
    name,
    stage_rank,
    step_id,
    step_name,
    step_number,
    is_terminal,
    outcome,
    meaning

from warehouse.meta.funnel_stage

union all by name

select
    unnest([-1, -2, -3]) as stage_key,
    unnest(['(unknown)', '(before the first)', '(not yet)']) as name,
    false as is_terminal,
    'open' as outcome
