-- Question: which stages do leads and deals tell of by the states in which they were delivered?
-- Grain: one state of a lead or opportunity with a status, and the stage before an end that it tells, in the order
-- in which they were delivered (turn).
-- Sources: lead and opportunity with all their states, src.word_meaning, src.recorded_stage, src.pursuit, src.stage_word,
-- meta.funnel_stage, meta.delivery.
-- Rows from: src.pursuit

with has_history as (
    select
        pursuit_key,
        bool_or(not is_of_opportunity) as of_lead,
        bool_or(is_of_opportunity) as of_opportunity
    from src.recorded_stage
    group by pursuit_key
),

pursuit as (
    select
        pursuit.*,
        coalesce(has_history.of_lead, false) as lead_has_history,
        coalesce(has_history.of_opportunity, false) as opportunity_has_history
    from src.pursuit
    left join has_history using (pursuit_key)
),

-- That a row is gone tells no stage. "Open", or nothing, beside the stage that a row is in says no more than that stage.
vague as (
    select word
    from src.word_meaning
    where subject = 'pursuit_status' and meaning = 'open'
),

states as (
    select * replace (if(status is null or status in (select word from vague), coalesce(last_stage, status), status) as status)
    from (
        select source_system, lead_id, status, last_stage, lost_reason, row_id, effective_at, updated_at, file_key, source_row
        from ods.lead_version
        where not is_deleted
        union
        select source_system, lead_id, status, last_stage, lost_reason, row_id, effective_at, updated_at, file_key, source_row
        from ods.lead
        where not is_deleted
    )
),

deal_states as (
    select * replace (if(status is null or status in (select word from vague), coalesce(last_stage, status), status) as status)
    from (
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
    )
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
        "at" as told_at,
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
)

select * from timed
