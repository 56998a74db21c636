-- Question: which stages did each pursuit report, from whatever source tells of them?
-- Grain: one report of a stage: a row of stage history, and the stage that its first row left; or, where a lead
-- or opportunity has no history, its creation and each status it was delivered with, with the stage it was in
-- before where it has ended. What the history lacks is added: a closing status, a status that opens again what
-- an earlier delivery told as closed, or what was changed since in a table that tells of losses, and the stage
-- before an end that is the first it tells of.
-- Sources: src.recorded_stage, src.reported_state, src.pursuit, src.stage_word, src.word_meaning, meta.funnel_stage.
-- Rows from: src.pursuit, src.recorded_stage

-- "Open" and "reopened" are what a log of ends calls anything else, and no stage where another change or the
-- deliveries tell one.
with change as (
    select
        recorded.*,
        if(recorded.is_terminal, left_word.word, entered_word.word) is not null and recorded.from_word is not null as is_vague,
        entered_word.word is null and recorded.stage_key > 0 and not recorded.is_terminal as is_stage
    from src.recorded_stage as recorded
    left join src.word_meaning as left_word
        on left_word.subject = 'pursuit_status' and left_word.word = recorded.from_word
    left join src.word_meaning as entered_word
        on entered_word.subject = 'pursuit_status' and entered_word.word = recorded.word
),

has_history as (
    select
        pursuit_key,
        bool_or(not is_of_opportunity) as of_lead,
        bool_or(is_of_opportunity) as of_opportunity,
        bool_or(is_terminal) as has_end,
        coalesce(bool_or(is_stage), false) as has_stage,
        min("at") as first_at,
        min("at") filter (where not is_terminal) as first_stage_at,
        max("at") as last_at
    from change
    group by pursuit_key
),

first_change as (
    select
        pursuit_key,
        is_of_opportunity,
        unnest(min({'is_vague': is_vague, 'at': "at"}))
    from change
    where from_word is not null or not is_terminal
    group by pursuit_key, is_of_opportunity
),

-- A log of changes does not tell where it all began, but what the first change left; an end before it may not
-- tell what it left. Of several changes at that moment it is the one that left what none of the others entered.
left_first as (
    select change.*
    from change
    inner join first_change using (pursuit_key, is_of_opportunity, "at", is_vague)
    anti join src.recorded_stage as other
        on other.pursuit_key = change.pursuit_key
        and other.is_of_opportunity = change.is_of_opportunity
        and other."at" = change."at"
        and other.word = change.from_word
    where change.from_word is not null
    qualify row_number() over (partition by change.pursuit_key, change.is_of_opportunity order by change.row_id) = 1
),

-- A log that tells what each change left leaves out nothing: what it does not name was never changed.
log_of_changes as (
    select distinct
        source_system,
        entity
    from src.recorded_stage
    where from_word is not null
),

-- The first state of a lead or opportunity without history: it came in.
created as (
    select
        pursuit_key,
        if(lead_id is null, opportunity_begins_at, lead_begins_at) as at,
        if(lead_id is null, opportunity_created_at, lead_created_at) is not null as is_told,
        source_file_key as file_key,
        source_row
    from src.pursuit
    left join has_history using (pursuit_key)
    where not coalesce(if(lead_id is null, of_opportunity, of_lead), false)
),

-- Tables that tell of losses, and so of what is open.
tells_loss as (
    select distinct
        state.source_system,
        state.entity
    from src.reported_state as state
    inner join warehouse.meta.funnel_stage as stage using (stage_key)
    where stage.is_terminal and stage.outcome <> 'won'
),

-- Where no source tells when it came in, the first state it was delivered with does, and the stage is that of
-- the state.
first_told as (
    select
        pursuit_key,
        min(told_at) as at,
        bool_or(stage_key <> -1) as has_stage,
        min({'turn': turn, 'stage_key': stage_key, 'word': word})
            filter (where is_logged and stage_key <> -1 and not is_terminal) as unchanged
    from (
        select
            state.*,
            state.entity = if(pursuit.lead_id is null, 'opportunity', 'lead')
                and log_of_changes.entity is not null as is_logged
        from src.reported_state as state
        inner join src.pursuit using (pursuit_key)
        left join log_of_changes on log_of_changes.source_system = state.source_system and log_of_changes.entity = state.entity
    )
    group by pursuit_key
),

-- A log that begins with an end leaves the stage before to what the deliveries tell until then.
before_end as (
    select
        state.*,
        least(known.first_at, pursuit.opportunity_created_at) as begun_at
    from src.reported_state as state
    inner join has_history as known using (pursuit_key)
    inner join src.pursuit using (pursuit_key)
    where state.has_history
        and not state.is_terminal
        and state.stage_key <> -1
        and (known.first_stage_at is null or known.first_at < known.first_stage_at)
        and (state.is_before_end or state."at" <= known.first_at or not known.has_stage)
        and state.pursuit_key not in (select pursuit_key from left_first where not is_vague)
    qualify row_number() over (
        partition by state.pursuit_key
        order by state."at" <= known.first_at desc, state.turn desc
    ) = 1
),

move as (
    select
        pursuit_key,
        stage_key,
        word,
        "at",
        reason,
        cast(null as varchar) as competitor,
        is_terminal as is_end,
        employee_id,
        row_id,
        file_key as source_file_key,
        source_row,
        false as is_derived

    from src.recorded_stage

    union all by name

    select
        left_first.pursuit_key,
        word.stage_key,
        left_first.from_word as word,
        case
            when if(left_first.is_of_opportunity, pursuit.opportunity_created_at, pursuit.lead_created_at) is not null
                then least(
                    if(left_first.is_of_opportunity, pursuit.opportunity_created_at, pursuit.lead_created_at), left_first.at
                )
        end as at,
        left_first.row_id,
        left_first.file_key as source_file_key,
        left_first.source_row,
        true as is_derived

    from left_first
    inner join src.pursuit using (pursuit_key)
    left join src.stage_word as word
        on word.funnel_name = pursuit.funnel_name
        and word.source_system = left_first.source_system
        and word.entity = left_first.entity
        and word.word = left_first.from_word
    left join warehouse.meta.funnel_stage as stage on stage.stage_key = word.stage_key

    where not coalesce(stage.is_terminal, false)
        and left_first.pursuit_key not in (select pursuit_key from before_end)

    union all by name

    select
        pursuit_key,
        stage_key,
        word,
        begun_at as at,
        row_id,
        file_key as source_file_key,
        source_row,
        true as is_derived

    from before_end

    union all by name

    select
        created.pursuit_key,
        coalesce(first_told.unchanged.stage_key, stage.stage_key) as stage_key,
        coalesce(first_told.unchanged.word, stage.stage_id) as word,
        if(created.is_told, created.at, least(created.at, first_told.at)) as at,
        0 as row_id,
        created.file_key as source_file_key,
        created.source_row,
        true as is_derived

    from created
    left join first_told using (pursuit_key)
    inner join src.pursuit using (pursuit_key)
    inner join warehouse.meta.funnel_stage as stage
        on stage.funnel_name = pursuit.funnel_name and stage.is_first
    where created.is_told or not coalesce(first_told.has_stage, false)

    union all by name

    select
        state.pursuit_key,
        state.stage_key,
        state.word,
        -- A delivery may bear the day alone of rows that came in at noon: no state is older than its pursuit.
        case
            when state.has_history then greatest(state.at, known.last_at)
            when created.is_told and state.at < created.at then created.at
            else state.at
        end as at,
        state.is_newest and state.is_terminal as is_end,
        coalesce(created.at, pursuit.opportunity_created_at) as not_before,
        state.turn,
        if(state.is_terminal, state.reason, null) as reason,
        if(state.is_terminal, state.competitor, null) as competitor,
        state.row_id,
        state.file_key as source_file_key,
        state.source_row,
        true as is_derived

    from src.reported_state as state
    inner join src.pursuit using (pursuit_key)
    left join has_history as known using (pursuit_key)
    left join created using (pursuit_key)

    where (not state.has_history and not state.is_before_end)
        or (not state.has_history and state.is_before_end and not state.is_terminal and state.stage_key <> -1)
        or (state.has_history and state.is_terminal and state.is_current and not known.has_end)
        or (
            state.has_history
            and state.is_newest
            and (
                state.has_ended
                or (state.is_change and (state.source_system, state.entity) in (select (source_system, entity) from tells_loss))
            )
            and not state.is_terminal
            and state.stage_key <> -1
            and known.has_end
            and state."at" > known.last_at
        )
)

-- What nobody dates comes after the creation, in the order of delivery, and an end after all.
select
    move.* exclude (is_end, not_before, turn),
    coalesce(move."at", move.not_before) as placed_at,
    coalesce(move.turn, 0) as turn,
    coalesce(move.is_end, false) and move."at" is null as is_undated_end

from move
