-- Question: which stages does any pursuit of a source system have, and in which order?
-- Grain: source system, funnel and stage: a register of quotes tells of none before the offer, a system without
-- appointments goes from qualified leads to presentations.
-- Sources: src.ranked_move.
-- Rows from: src.ranked_move

select
    *,
    dense_rank() over (partition by source_system, funnel_name order by stage_rank) as place

from (
    select distinct
        source_system,
        funnel_name,
        stage_key,
        stage_rank,
        is_terminal
    from src.ranked_move
    where not is_derived and stage_rank > 0
)
