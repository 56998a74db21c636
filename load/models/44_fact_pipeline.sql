-- Question: where does each pursuit stand, and how long did each part of it take?
-- Grain: pursuit.
-- Sources: fact_stage_event, src.pursuit, src.pursuit_touchpoint, meta.funnel_stage, src look-ups.
-- Delta: pursuit_key of src.pursuit, warehouse.fact_stage_event, src.pursuit_touchpoint
-- Compared: src.pursuit, src.pursuit_touchpoint
-- Whole with: src.standing_word
-- Rows from: src.pursuit

with history as (
    select
        event.pursuit_key,
        min(event.entered_at) filter (where stage.stage_id = 'suspect') as suspect_at,
        min(event.entered_at) filter (where stage.stage_id = 'prospect') as prospect_at,
        min(event.entered_at) filter (where stage.stage_id = 'qualified_lead') as qualified_lead_at,
        min(event.entered_at) filter (where stage.stage_id = 'appointment') as appointment_at,
        min(event.entered_at) filter (where stage.stage_id = 'second_appointment') as second_appointment_at,
        min(event.entered_at) filter (where stage.stage_id = 'presentation') as presentation_at,
        min(event.entered_at) filter (where stage.stage_id = 'proposal') as proposal_at,
        min(event.entered_at) filter (where stage.outcome = 'won') as won_at,
        min(event.entered_at) as first_at,
        max({'step': stage.step_number, 'rank': stage.stage_rank, 'stage_key': event.stage_key})
            filter (where stage.step_number is not null) as furthest,
        max({'number': event.event_number, 'stage_key': event.stage_key, 'entered_at': event.entered_at}) as latest,
        min({'number': event.event_number, 'outcome': stage.outcome}) as earliest,
        bool_or(event.is_derived) as is_derived,
        count(*) as event_count,
        count(*) filter (where event.is_regression) as regression_count,
        count(*) filter (where event.is_skip) as skip_count,
        count(*) filter (where event.is_reentry) as reentry_count,
        count(*) filter (where event.is_legal = false) as illegal_count
    from affected.fact_stage_event as event
    left join warehouse.meta.funnel_stage as stage using (stage_key)
    group by event.pursuit_key
),

-- What the source says of today beats the latest move: histories may be out of order.
standing as (
    select
        history.*,
        pursuit.* exclude (pursuit_key),
        coalesce(said.stage_key, history.latest.stage_key) as stage_key
    from history
    inner join affected.pursuit as pursuit using (pursuit_key)
    left join src.standing_word as word
        on word.funnel_name = pursuit.funnel_name
        and word.source_system = pursuit.source_system
        and word.entity = if(pursuit.opportunity_id is null, 'lead', 'opportunity')
        and word.word = coalesce(pursuit.opportunity_status, if(pursuit.opportunity_id is null, pursuit.lead_status, null))
    left join warehouse.meta.funnel_stage as said on said.stage_key = word.stage_key
),

closing as (
    select
        event.pursuit_key,
        event.stage_key,
        max(event.entered_at) as entered_at
    from affected.fact_stage_event as event
    group by event.pursuit_key, event.stage_key
),

dated as (
    select
        standing.*,
        stage.outcome,
        coalesce(stage.is_terminal, false) as is_closed,
        case
            when stage.is_terminal then coalesce(closing.entered_at, standing.closed_at, standing.latest.entered_at)
        end as ended_at,
        coalesce(
            least(standing.lead_created_at, standing.first_at),
            standing.first_at,
            standing.opportunity_created_at
        ) as begun_at
    from standing
    left join warehouse.meta.funnel_stage as stage using (stage_key)
    left join closing using (pursuit_key, stage_key)
),

wins as (
    select
        customer_key,
        min(won_at) as first_won_at,
        max(won_at) as last_won_at
    from dated
    where furthest.stage_key in (select stage_key from warehouse.meta.funnel_stage where outcome = 'won')
        and customer_key > 0
        and won_at is not null
    group by customer_key
),

-- A pursuit of which nothing but its end is told has begun all the same.
first_step as (
    select
        funnel_name,
        min(step_number) as step_number
    from warehouse.meta.funnel_step
    group by funnel_name
),

-- Of two wins at one moment none is the next.
repeated as (
    select
        dated.*,
        coalesce(dated.furthest.step, first_step.step_number) as furthest_step_number,
        wins.first_won_at < dated.begun_at as is_repeat,
        dated.won_at < wins.last_won_at as has_repeat
    from dated
    left join wins using (customer_key)
    left join first_step using (funnel_name)
)

select
    repeated.pursuit_key,
    repeated.funnel_name,
    repeated.source_system,
    repeated.pipeline,
    repeated.lead_id,
    repeated.opportunity_id,
    repeated.source_customer_key,
    repeated.customer_key,
    repeated.account_key,
    coalesce(repeated.referred_by_source_customer_key, -2) as referred_by_source_customer_key,
    repeated.referred_by_customer_key,
    repeated.campaign_key,
    repeated.channel_key,
    repeated.employee_key,
    repeated.division,
    repeated.org_unit_key,
    coalesce(place.touchpoint_key, -2) as touchpoint_key,
    repeated.product_interest,
    repeated.begun_at as created_at,
    coalesce(created.date_key, -1) as created_date_key,
    repeated.stage_key as current_stage_key,
    coalesce(repeated.furthest.stage_key, -1) as furthest_stage_key,
    case
        when repeated.has_repeat then coalesce(repeat_step.step_number, repeated.furthest_step_number)
        else repeated.furthest_step_number
    end as furthest_step_number,
    coalesce(repeated.outcome, 'open') as outcome,
    coalesce(repeated.outcome = 'won', false) as is_won,
    repeated.is_closed,
    repeated.suspect_at,
    repeated.prospect_at,
    repeated.qualified_lead_at,
    repeated.appointment_at,
    repeated.second_appointment_at,
    repeated.presentation_at,
    repeated.proposal_at,
    repeated.ended_at as closed_at,
    if(repeated.suspect_at is null, -3, suspect.date_key) as suspect_date_key,
    if(repeated.prospect_at is null, -3, prospect.date_key) as prospect_date_key,
    if(repeated.qualified_lead_at is null, -3, qualified_lead.date_key) as qualified_lead_date_key,
    if(repeated.appointment_at is null, -3, appointment.date_key) as appointment_date_key,
    if(repeated.second_appointment_at is null, -3, second_appointment.date_key) as second_appointment_date_key,
    if(repeated.presentation_at is null, -3, presentation.date_key) as presentation_date_key,
    if(repeated.proposal_at is null, -3, proposal.date_key) as proposal_date_key,
    if(repeated.is_closed, coalesce(ended.date_key, -1), -3) as closed_date_key,
    coalesce(src.day(repeated.expected_close_date), -1) as expected_close_date_key,
    src.clock_days(
        src.clock(repeated.begun_at, created.offset_minutes),
        least(
            src.clock(repeated.prospect_at, prospect.offset_minutes),
            src.clock(repeated.qualified_lead_at, qualified_lead.offset_minutes)
        )
    ) as contact_days,
    src.clock_days(
        least(
            src.clock(repeated.prospect_at, prospect.offset_minutes),
            src.clock(repeated.qualified_lead_at, qualified_lead.offset_minutes)
        ),
        src.clock(repeated.appointment_at, appointment.offset_minutes)
    ) as meet_days,
    src.clock_days(
        src.clock(repeated.appointment_at, appointment.offset_minutes),
        src.clock(repeated.presentation_at, presentation.offset_minutes)
    ) as presentation_days,
    src.clock_days(
        src.clock(repeated.presentation_at, presentation.offset_minutes),
        src.clock(repeated.proposal_at, proposal.offset_minutes)
    ) as offer_days,
    src.clock_days(
        src.clock(repeated.proposal_at, proposal.offset_minutes), src.clock(repeated.ended_at, ended.offset_minutes)
    ) as close_days,
    src.clock_days(
        src.clock(repeated.begun_at, created.offset_minutes), src.clock(repeated.ended_at, ended.offset_minutes)
    ) as total_days,
    repeated.event_count,
    repeated.regression_count,
    repeated.skip_count,
    repeated.reentry_count,
    repeated.illegal_count,
    coalesce(
        repeated.ended_at < repeated.begun_at
        or (
            repeated.outcome = 'won'
            and repeated.ended_at < greatest(repeated.appointment_at, repeated.presentation_at, repeated.proposal_at)
        )
        or (repeated.earliest.outcome = 'won' and not repeated.is_derived)
        or repeated.won_at < least(repeated.prospect_at, repeated.qualified_lead_at, repeated.appointment_at, repeated.presentation_at, repeated.proposal_at)
        or repeated.proposal_at < least(repeated.prospect_at, repeated.qualified_lead_at, repeated.appointment_at)
        or repeated.presentation_at < least(repeated.prospect_at, repeated.qualified_lead_at, repeated.appointment_at)
        or repeated.appointment_at < least(repeated.prospect_at, repeated.qualified_lead_at),
        false
    ) as is_impossible,
    coalesce(repeated.is_repeat, false) as is_repeat,
    coalesce(repeated.has_repeat, false) as has_repeat,
    repeated.referred_by_source_customer_key is not null as is_referral,
    repeated.estimated_amount,
    repeated.probability_percent,
    coalesce(repeated.currency_code, param.company_currency) as currency_code,
    case
        when coalesce(repeated.currency_code, param.company_currency) = param.company_currency
            then repeated.estimated_amount
        else src.converted(repeated.estimated_amount, rate.numerator, rate.denominator)
    end as reporting_amount,
    repeated.lost_reason,
    repeated.competitor,
    repeated.source_file_key,
    repeated.source_row

from repeated
cross join src.param
left join warehouse.meta.funnel_step as repeat_step
    on repeat_step.funnel_name = repeated.funnel_name and repeat_step.step_id = 'repeat'
left join affected.pursuit_touchpoint as place on place.pursuit_key = repeated.pursuit_key
left join src.time_slot as created on created.slot = src.slot(repeated.begun_at)
left join src.time_slot as suspect on suspect.slot = src.slot(repeated.suspect_at)
left join src.time_slot as prospect on prospect.slot = src.slot(repeated.prospect_at)
left join src.time_slot as qualified_lead on qualified_lead.slot = src.slot(repeated.qualified_lead_at)
left join src.time_slot as appointment on appointment.slot = src.slot(repeated.appointment_at)
left join src.time_slot as second_appointment on second_appointment.slot = src.slot(repeated.second_appointment_at)
left join src.time_slot as presentation on presentation.slot = src.slot(repeated.presentation_at)
left join src.time_slot as proposal on proposal.slot = src.slot(repeated.proposal_at)
left join src.time_slot as ended on ended.slot = src.slot(repeated.ended_at)
left join src.rate_day as rate
    on rate.currency_code = repeated.currency_code and rate.date_key = created.date_key
