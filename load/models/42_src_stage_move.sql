-- Question: which stages did each pursuit report, from whatever source tells of them?
-- Grain: one report of a stage: a row of stage history, and the stage that its first row left; or, where a lead
-- or opportunity has no history, its creation and each status it was delivered with, with the stage it was in
-- before where it has ended. What the history lacks is added: a closing status, a status that opens again what
-- an earlier delivery told as closed, or what was changed since in a table that tells of losses, and the stage
-- before an end that is the first it tells of.
-- Sources: src.recorded_stage, lead and opportunity with all their states, src.pursuit, src.word_meaning.
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

pursuit as (
    select
        pursuit.*,
        coalesce(has_history.of_lead, false) as lead_has_history,
        coalesce(has_history.of_opportunity, false) as opportunity_has_history
    from src.pursuit
    left join has_history using (pursuit_key)
),

-- The first state of a lead or opportunity without history: it came in.
created as (
    select
        pursuit_key,
        if(lead_id is null, opportunity_begins_at, lead_begins_at) as at,
        if(lead_id is null, opportunity_created_at, lead_created_at) is not null as is_told,
        source_file_key as file_key,
        source_row
    from pursuit
    where (lead_id is not null and not lead_has_history)
        or (lead_id is null and not opportunity_has_history)
),

-- That a row is gone tells no stage.
states as (
    select source_system, lead_id, status, last_stage, lost_reason, row_id, effective_at, updated_at, file_key, source_row
    from ods.lead_version
    where not is_deleted
    union
    select source_system, lead_id, status, last_stage, lost_reason, row_id, effective_at, updated_at, file_key, source_row
    from ods.lead
    where not is_deleted
),

deal_states as (
    select
        source_system, opportunity_id, status, last_stage, lost_reason, competitor, row_id, effective_at, updated_at,
        closed_at, file_key, source_row
    from ods.opportunity_version
    where not is_deleted
    union
    select
        source_system, opportunity_id, status, last_stage, lost_reason, competitor, row_id, effective_at, updated_at,
        closed_at, file_key, source_row
    from ods.opportunity
    where not is_deleted
),

-- Of states whose moment nobody tells the order in which they were delivered is known.
delivered as (
    select
        file_key,
        sequence
    from warehouse.meta.delivery
),

-- What a lead was told as before it became an opportunity counts too.
deal_begun as (
    select
        pursuit_key,
        min("at") as at
    from (
        select
            pursuit.pursuit_key,
            unnest([
                pursuit.opportunity_created_at,
                deal_states.updated_at,
                if(epoch_us(deal_states.effective_at) = 0, null, deal_states.effective_at)
            ]) as at
        from pursuit
        inner join deal_states using (source_system, opportunity_id)

        union all

        select
            pursuit_key,
            "at"
        from src.recorded_stage
        where is_of_opportunity
    )
    group by pursuit_key
),

told as (
    select
        pursuit.pursuit_key,
        pursuit.funnel_name,
        'lead' as entity,
        pursuit.source_system,
        pursuit.lead_has_history as has_history,
        states.status as word,
        states.status = pursuit.lead_status as is_current,
        states.lost_reason as reason,
        cast(null as varchar) as competitor,
        states.row_id,
        states.effective_at,
        coalesce(states.updated_at, if(epoch_us(states.effective_at) = 0, null, states.effective_at)) as at,
        cast(null as timestamptz) as closed_at,
        states.updated_at is not null as is_change,
        false as is_before_end,
        states.file_key,
        states.source_row
    from pursuit
    inner join states using (source_system, lead_id)
    left join deal_begun using (pursuit_key)
    where states.status is not null
        and (
            pursuit.opportunity_id is null
            or (
                not pursuit.lead_has_history
                and coalesce(states.updated_at, if(epoch_us(states.effective_at) = 0, null, states.effective_at))
                    < deal_begun.at
            )
        )

    union all

    select
        pursuit.pursuit_key,
        pursuit.funnel_name,
        'opportunity',
        pursuit.source_system,
        pursuit.opportunity_has_history,
        deal_states.status,
        deal_states.status = pursuit.opportunity_status,
        deal_states.lost_reason,
        deal_states.competitor,
        deal_states.row_id,
        deal_states.effective_at,
        coalesce(deal_states.updated_at, if(epoch_us(deal_states.effective_at) = 0, null, deal_states.effective_at)),
        deal_states.closed_at,
        deal_states.updated_at is not null,
        false,
        deal_states.file_key,
        deal_states.source_row
    from pursuit
    inner join deal_states using (source_system, opportunity_id)
    where deal_states.status is not null

    union all

    -- Where nothing tells when a deal, or a lead that is none yet, came into the stage in which it ended, its end does.
    select
        pursuit.pursuit_key,
        pursuit.funnel_name,
        'lead',
        pursuit.source_system,
        pursuit.lead_has_history,
        states.last_stage,
        false,
        null,
        null,
        states.row_id,
        states.effective_at,
        coalesce(states.updated_at, if(epoch_us(states.effective_at) = 0, null, states.effective_at)),
        null,
        false,
        true,
        states.file_key,
        states.source_row
    from pursuit
    inner join states using (source_system, lead_id)
    where states.status <> states.last_stage and pursuit.opportunity_id is null

    union all

    select
        pursuit.pursuit_key,
        pursuit.funnel_name,
        'opportunity',
        pursuit.source_system,
        pursuit.opportunity_has_history,
        deal_states.last_stage,
        false,
        null,
        null,
        deal_states.row_id,
        deal_states.effective_at,
        coalesce(
            deal_states.closed_at,
            deal_states.updated_at,
            if(epoch_us(deal_states.effective_at) = 0, null, deal_states.effective_at)
        ),
        null,
        false,
        true,
        deal_states.file_key,
        deal_states.source_row
    from pursuit
    inner join deal_states using (source_system, opportunity_id)
    where deal_states.status <> deal_states.last_stage
),

in_turn as (
    select
        told.*,
        word.stage_key,
        coalesce(stage.is_terminal, false) as is_terminal,
        row_number() over (
            partition by told.pursuit_key, told.entity
            order by
                told.effective_at, delivered.sequence nulls first, told.row_id, not told.is_before_end,
                coalesce(stage.is_terminal, false), told.word, told.file_key, told.source_row
        ) as turn
    from told
    left join delivered using (file_key)
    left join src.stage_word as word
        on word.funnel_name = told.funnel_name
        and word.source_system = told.source_system
        and word.entity = told.entity
        and word.word = told.word
    left join warehouse.meta.funnel_stage as stage on stage.stage_key = word.stage_key
),

-- Tables that tell of losses, and so of what is open.
tells_loss as (
    select distinct
        in_turn.source_system,
        in_turn.entity
    from in_turn
    inner join warehouse.meta.funnel_stage as stage using (stage_key)
    where stage.is_terminal and stage.outcome <> 'won'
),

-- A pursuit may be lost twice, for two reasons: each is told by the states of its own loss, also later than its
-- first one.
parted as (
    select
        * exclude (is_new),
        sum(cast(is_new as integer)) over (partition by pursuit_key, entity, is_before_end order by turn) as stay
    from (
        select
            *,
            coalesce(
                word <> lag(word) over (partition by pursuit_key, entity, is_before_end order by turn), false
            ) as is_new
        from in_turn
    )
),

-- Closing dates are often days without time, before the last change: the order of the states is their order of
-- delivery, so no time may go back.
timed as (
    select
        * exclude (reason, competitor, "at", stay),
        arg_max(reason, turn) filter (where reason is not null) over stay_whole as reason,
        arg_max(competitor, turn) filter (where competitor is not null) over stay_whole as competitor,
        max(if(is_terminal, coalesce(closed_at, "at"), "at")) over (
            partition by pursuit_key, entity
            order by turn
            rows between unbounded preceding and current row
        ) as at,
        turn = max(turn) over (partition by pursuit_key, entity) as is_newest,
        coalesce(bool_or(is_terminal) over (
            partition by pursuit_key, entity
            order by turn
            rows between unbounded preceding and 1 preceding
        ), false) as has_ended
    from parted
    window stay_whole as (partition by pursuit_key, entity, is_before_end, stay)
),

-- Where no source tells when it came in, the first state it was delivered with does, and the stage is that of
-- the state.
first_told as (
    select
        pursuit_key,
        min("at") as at,
        bool_or(stage_key <> -1) as has_stage,
        min({'turn': turn, 'stage_key': stage_key, 'word': word})
            filter (where is_logged and stage_key <> -1 and not is_terminal) as unchanged
    from (
        select
            in_turn.*,
            in_turn.entity = if(pursuit.lead_id is null, 'opportunity', 'lead')
                and log_of_changes.entity is not null as is_logged
        from in_turn
        inner join src.pursuit using (pursuit_key)
        left join log_of_changes on log_of_changes.source_system = in_turn.source_system and log_of_changes.entity = in_turn.entity
    )
    group by pursuit_key
),

-- A log that begins with an end leaves the stage before to what the deliveries tell until then.
before_end as (
    select
        timed.*,
        least(known.first_at, pursuit.opportunity_created_at) as begun_at
    from timed
    inner join has_history as known using (pursuit_key)
    inner join src.pursuit using (pursuit_key)
    where timed.has_history
        and not timed.is_terminal
        and timed.stage_key <> -1
        and (known.first_stage_at is null or known.first_at < known.first_stage_at)
        and (timed.is_before_end or timed."at" <= known.first_at or not known.has_stage)
        and timed.pursuit_key not in (select pursuit_key from left_first where not is_vague)
    qualify row_number() over (
        partition by timed.pursuit_key
        order by timed."at" <= known.first_at desc, timed.turn desc
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
        timed.pursuit_key,
        timed.stage_key,
        timed.word,
        -- A delivery may bear the day alone of rows that came in at noon: no state is older than its pursuit.
        case
            when timed.has_history then greatest(timed.at, known.last_at)
            when created.is_told and timed.at < created.at then created.at
            else timed.at
        end as at,
        timed.is_newest and timed.is_terminal as is_end,
        coalesce(created.at, pursuit.opportunity_created_at) as not_before,
        timed.turn,
        if(timed.is_terminal, timed.reason, null) as reason,
        if(timed.is_terminal, timed.competitor, null) as competitor,
        timed.row_id,
        timed.file_key as source_file_key,
        timed.source_row,
        true as is_derived

    from timed
    inner join src.pursuit using (pursuit_key)
    left join has_history as known using (pursuit_key)
    left join created using (pursuit_key)

    where (not timed.has_history and not timed.is_before_end)
        or (not timed.has_history and timed.is_before_end and not timed.is_terminal and timed.stage_key <> -1)
        or (timed.has_history and timed.is_terminal and timed.is_current and not known.has_end)
        or (
            timed.has_history
            and timed.is_newest
            and (
                timed.has_ended
                or (timed.is_change and (timed.source_system, timed.entity) in (select (source_system, entity) from tells_loss))
            )
            and not timed.is_terminal
            and timed.stage_key <> -1
            and known.has_end
            and timed."at" > known.last_at
        )
)

-- What nobody dates comes after the creation, in the order of delivery, and an end after all.
select
    move.* exclude (is_end, not_before, turn),
    coalesce(move."at", move.not_before) as placed_at,
    coalesce(move.turn, 0) as turn,
    coalesce(move.is_end, false) and move."at" is null as is_undated_end

from move
