-- Question: how did each pursuit move through the stages of its funnel?
-- Grain: one transition of one pursuit; repeated reports of the stage it is in count once.
-- Sources: src.stage_move, src.pursuit, meta.funnel_transition, dim_employee.
-- Rows from: src.pursuit

with rival as (
    select
        funnel_name,
        min(stage_key) as stage_key
    from warehouse.meta.funnel_stage
    where outcome = 'lost to competitor'
    group by funnel_name
),

refined as (
    select
        move.pursuit_key,
        pursuit.funnel_name,
        coalesce(
            case
                when stage.outcome = 'lost' and pursuit.competitor is not null then rival.stage_key
                when stage.outcome = 'lost' then reason.stage_key
            end,
            move.stage_key,
            -1
        ) as stage_key,
        move.word,
        move.at,
        coalesce(move.reason, if(stage.outcome <> 'won' and stage.is_terminal, pursuit.lost_reason, null)) as reason,
        move.employee_id,
        move.row_id,
        move.source_file_key,
        move.source_row,
        move.is_derived
    from src.stage_move as move
    inner join src.pursuit using (pursuit_key)
    left join warehouse.meta.funnel_stage as stage on stage.stage_key = move.stage_key
    -- "Lost" alone tells little: the named competitor or the reason tells more.
    left join src.stage_word as reason
        on reason.funnel_name = pursuit.funnel_name
        and reason.source_system = pursuit.source_system
        and reason.entity = 'reason'
        and reason.word = coalesce(move.reason, pursuit.lost_reason)
        and reason.stage_key <> -1
    left join rival on rival.funnel_name = pursuit.funnel_name
),

ranked as (
    select
        refined.*,
        coalesce(stage.is_terminal, false) as is_terminal,
        coalesce(stage.stage_rank, 0) as stage_rank
    from refined
    left join warehouse.meta.funnel_stage as stage using (stage_key)
),

-- An end that nobody dated is the last move all the same.
in_order as (
    select
        ranked.*,
        lag(ranked.stage_key) over pursuit_order as stage_before,
        lag(ranked.word) over pursuit_order as word_before
    from ranked
    window pursuit_order as (
        partition by pursuit_key
        order by "at" is null and is_terminal, "at" nulls first, is_terminal, stage_rank, is_derived desc, stage_key, word, row_id
    )
),

moves as (
    select
        *,
        row_number() over pursuit_order as event_number,
        coalesce(lag(stage_key) over pursuit_order, -2) as from_stage_key,
        lead("at") over pursuit_order as exited_at,
        lead(stage_key) over pursuit_order is null as is_last
    from in_order
    where stage_before is null
        or stage_before <> stage_key
        or (stage_key = -1 and word_before is distinct from word)
    window pursuit_order as (
        partition by pursuit_key
        order by "at" is null and is_terminal, "at" nulls first, is_terminal, stage_rank, is_derived desc, stage_key, word, row_id
    )
)

select
    moves.pursuit_key,
    moves.event_number,
    moves.funnel_name,
    moves.from_stage_key,
    moves.stage_key,
    moves.word as stage_word,
    moves.at as entered_at,
    coalesce(entered.date_key, -1) as entered_date_key,
    moves.exited_at,
    case when moves.is_last then -3 else coalesce(exited.date_key, -1) end as exited_date_key,
    (epoch_us(moves.exited_at) - epoch_us(moves.at)) // 1000000 as duration_seconds,
    coalesce(judged.is_regression, false) as is_regression,
    coalesce(judged.is_skip, false) and not moves.is_derived as is_skip,
    moves.stage_key <> -1 and row_number() over (
        partition by moves.pursuit_key, moves.stage_key
        order by moves.event_number
    ) > 1 as is_reentry,
    if(moves.is_derived, null, judged.is_legal) as is_legal,
    moves.is_derived,
    moves.is_last,
    moves.reason,
    pursuit.source_customer_key,
    pursuit.customer_key,
    coalesce(employee.employee_key, pursuit.employee_key) as employee_key,
    pursuit.source_system,
    moves.source_file_key,
    moves.source_row

from moves
inner join src.pursuit using (pursuit_key)
left join warehouse.meta.funnel_transition as judged
    on judged.funnel_name = moves.funnel_name
    and judged.from_stage_key = moves.from_stage_key
    and judged.to_stage_key = moves.stage_key
left join src.time_slot as entered on entered.slot = src.slot(moves.at)
left join src.time_slot as exited on exited.slot = src.slot(moves.exited_at)
left join warehouse.dim_employee as employee on employee.employee_id = moves.employee_id
