-- Question: when did the company and a customer speak, how, and what came of it?
-- Grain: one activity as delivered.
-- Customer, pursuit and case are the row's own, else those that a table of associations ties to it.
-- Sources: activity, src.tie, src.pursuit_of, src look-ups, idn.source_record.
-- Delta: row_id of ods.activity
-- Rows from: ods.activity

select
    activity.row_id,
    activity.source_system,
    activity.activity_id,
    activity.at as touched_at,
    coalesce(slot.date_key, -1) as touch_date_key,
    coalesce(activity.source_customer_key, tie.source_customer_key, -1) as source_customer_key,
    coalesce(party.customer_key, -1) as customer_key,
    coalesce(employee.employee_key, -2) as employee_key,
    coalesce(campaign.campaign_key, -2) as campaign_key,
    coalesce(campaign.channel_key, -2) as channel_key,
    case
        when coalesce(activity.lead_id, activity.opportunity_id, tie.lead_id, tie.opportunity_id) is null then -2
        else coalesce(of_opportunity.pursuit_key, of_lead.pursuit_key, -1)
    end as pursuit_key,
    coalesce(activity.case_id, tie.case_id) as case_id,
    lower(activity.type) as touch_type,
    kind.meaning as touch_kind,
    direction.meaning as direction,
    activity.touchpoint,
    case when activity.touchpoint is null then -2 else coalesce(place.touchpoint_key, -1) end as touchpoint_key,
    activity.outcome,
    activity.duration_minutes,
    activity.replies_to_activity_id,
    activity.replies_to_activity_id is not null or coalesce(lower(activity.type) = 'reply', false) as is_reply,
    (kind.meaning in ('call', 'chat', 'meeting', 'visit') and outcome.meaning is null)
    or kind.meaning = 'reply'
    or activity.replies_to_activity_id is not null as is_two_way,
    activity.is_exact_duplicate,
    activity.file_key as source_file_key,
    activity.source_row

from affected.activity
left join src.time_slot as slot on slot.slot = src.slot(activity.at)
left join src.tie as tie
    on tie.source_system = activity.source_system
    and tie.entity = 'activity'
    and tie.id = activity.activity_id
left join ods.idn.source_record as party
    on party.source_customer_key = coalesce(activity.source_customer_key, tie.source_customer_key)
left join src.employee_ref as employee on employee.told_id = activity.employee_id
left join warehouse.dim_campaign as campaign on campaign.campaign_id = activity.campaign_id
left join src.pursuit_of as of_opportunity
    on of_opportunity.source_system = activity.source_system
    and of_opportunity.entity = 'opportunity'
    and of_opportunity.id = coalesce(activity.opportunity_id, tie.opportunity_id)
left join src.pursuit_of as of_lead
    on of_lead.source_system = activity.source_system
    and of_lead.entity = 'lead'
    and of_lead.id = coalesce(activity.lead_id, tie.lead_id)
left join src.word_meaning as kind on kind.subject = 'touch_type' and kind.word = activity.type
left join src.word_meaning as outcome on outcome.subject = 'touch_outcome' and outcome.word = activity.outcome
left join src.word_meaning as direction
    on direction.subject = 'touch_direction' and direction.word = activity.direction
left join src.touchpoint_word as place on place.word = activity.touchpoint

where not activity.is_deleted
