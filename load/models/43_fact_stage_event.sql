-- Question: how did each pursuit move through the stages of its funnel?
-- Grain: one transition of one pursuit; repeated reports of the stage it is in count once.
-- Sources: src.ranked_move, src.stage_place, src.pursuit, src.word_meaning, meta.funnel_transition, src.employee_ref.
-- Delta: pursuit_key of src.ranked_move, src.pursuit
-- Compared: src.ranked_move, src.pursuit
-- Whole with: src.stage_place, src.employee_ref
-- Rows from: src.pursuit

-- An end that nobody dated is the last move all the same. What is taken up again ("reopened"; "open" behind an
-- end) is in the stage in which it was before.
with again as (
    select
        ranked.*,
        (said.meaning = 'reopened' and ranked.stage_key = -1)
            or (said.meaning = 'open' and lag(ranked.is_terminal) over pursuit_order) as is_again,
        row_number() over pursuit_order as place
    from affected.ranked_move as ranked
    left join src.word_meaning as said on said.subject = 'pursuit_status' and said.word = ranked.word
    window pursuit_order as (
        partition by ranked.pursuit_key
        order by
            ranked.is_undated_end, ranked.placed_at nulls first, ranked.turn, ranked.is_terminal, ranked.stage_rank,
            ranked.is_derived desc, ranked.stage_key, ranked.word, ranked.row_id
    )
),

in_order as (
    select
        *,
        lag(stage_key) over pursuit_order as stage_before,
        lag(word) over pursuit_order as word_before
    from (
        select
            * replace (if(is_again, coalesce(last_value(if(is_again or is_terminal, null, stage_key) ignore nulls) over (
                partition by pursuit_key
                order by place
                rows between unbounded preceding and 1 preceding
            ), stage_key), stage_key) as stage_key)
        from again
    )
    window pursuit_order as (partition by pursuit_key order by place)
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
    window pursuit_order as (partition by pursuit_key order by place)
),

-- What its system has nothing between is the next stage, and jumps over none.
judged_move as (
    select
        move.*,
        case
            when move.from_stage_key = -2 then coalesce(went_to.place = 1 and not went_to.is_terminal, false)
            else coalesce(went_to.place = came_from.place + 1, false)
        end as is_next
    from moves as move
    inner join affected.pursuit as pursuit using (pursuit_key)
    left join src.stage_place as went_to
        on went_to.source_system = pursuit.source_system
        and went_to.funnel_name = move.funnel_name
        and went_to.stage_key = move.stage_key
    left join src.stage_place as came_from
        on came_from.source_system = pursuit.source_system
        and came_from.funnel_name = move.funnel_name
        and came_from.stage_key = move.from_stage_key
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
    src.clock_days(
        src.clock(moves.at, entered.offset_minutes), src.clock(moves.exited_at, exited.offset_minutes)
    ) as duration_days,
    coalesce(judged.is_regression, false) as is_regression,
    coalesce(judged.is_skip, false) and not moves.is_derived and not moves.is_next as is_skip,
    moves.stage_key <> -1 and row_number() over (
        partition by moves.pursuit_key, moves.stage_key
        order by moves.event_number
    ) > 1 as is_reentry,
    if(moves.is_derived, null, judged.is_legal or moves.is_next) as is_legal,
    moves.is_derived,
    moves.is_last,
    moves.reason,
    pursuit.source_customer_key,
    pursuit.customer_key,
    coalesce(employee.employee_key, pursuit.employee_key) as employee_key,
    pursuit.source_system,
    moves.source_file_key,
    moves.source_row

from judged_move as moves
inner join affected.pursuit as pursuit using (pursuit_key)
left join warehouse.meta.funnel_transition as judged
    on judged.funnel_name = moves.funnel_name
    and judged.from_stage_key = moves.from_stage_key
    and judged.to_stage_key = moves.stage_key
left join src.time_slot as entered on entered.slot = src.slot(moves.at)
left join src.time_slot as exited on exited.slot = src.slot(moves.exited_at)
left join src.employee_ref as employee on employee.told_id = moves.employee_id
