-- Question: which stage does each report of src.stage_move stand for, once the reason of a loss is known?
-- Grain: one report of a stage.
-- Sources: src.stage_move, src.pursuit, src.stage_word, meta.funnel_stage.
-- Rows from: src.stage_move

with rival as (
    select
        funnel_name,
        min(stage_key) as stage_key
    from warehouse.meta.funnel_stage
    where outcome = 'lost to competitor'
    group by funnel_name
),

-- What the source says today of a loss is the reason of the latest one.
ended as (
    select
        move.*,
        stage.outcome,
        coalesce(stage.is_terminal, false) as is_end,
        coalesce(stage.is_terminal, false) and row_number() over (
            partition by move.pursuit_key
            order by
                not coalesce(stage.is_terminal, false), move.is_undated_end desc, move.placed_at desc nulls last,
                move.turn desc, move.is_derived, move.row_id
        ) = 1 as is_latest_end
    from src.stage_move as move
    left join warehouse.meta.funnel_stage as stage on stage.stage_key = move.stage_key
),

explained as (
    select
        ended.*,
        pursuit.funnel_name,
        coalesce(ended.reason, if(ended.is_latest_end, pursuit.lost_reason, null)) as lost_reason,
        coalesce(ended.competitor, if(ended.is_latest_end, pursuit.competitor, null)) as lost_to,
        pursuit.source_system
    from ended
    inner join src.pursuit using (pursuit_key)
),

refined as (
    select
        move.pursuit_key,
        move.funnel_name,
        -- "Lost" alone tells little: the named competitor or the reason tells more.
        coalesce(
            case
                when move.outcome = 'lost' and move.lost_to is not null then rival.stage_key
                when move.outcome = 'lost' then reason.stage_key
            end,
            move.stage_key,
            -1
        ) as stage_key,
        move.word,
        move.at,
        move.placed_at,
        move.turn,
        move.is_undated_end,
        if(move.is_end and move.outcome <> 'won', move.lost_reason, move.reason) as reason,
        move.employee_id,
        move.row_id,
        move.source_file_key,
        move.source_row,
        move.is_derived,
        move.source_system
    from explained as move
    left join src.stage_word as reason
        on reason.funnel_name = move.funnel_name
        and reason.source_system = move.source_system
        and reason.entity = 'reason'
        and reason.word = move.lost_reason
        and reason.stage_key <> -1
    left join rival on rival.funnel_name = move.funnel_name
)

select
    refined.*,
    coalesce(stage.is_terminal, false) as is_terminal,
    coalesce(stage.stage_rank, 0) as stage_rank
from refined
left join warehouse.meta.funnel_stage as stage using (stage_key)
