-- Question: which day and minute, and how far from UTC, is it in the company's zone at each moment that facts mention?
-- Grain: quarter of an hour with at least one fact. Zone functions run here only, once a slot.
-- Changes with: nothing
-- Sources: every timestamp of the ODS that a fact turns into a date key.

with slots as (
    select distinct src.slot(ordered_at) as slot from ods.order_line
    union
    select distinct src.slot(ordered_at) from ods."order"
    union
    select distinct src.slot(paid_at) from ods.payment
    union
    select distinct src.slot("at") from ods.refund
    union
    select distinct src.slot("at") from ods.activity
    union
    select distinct src.slot("at") from ods.web_event
    union
    select distinct src.slot("at") from ods.stage_event
    union
    select distinct src.slot(shipped_at) from ods.fulfilment
    union
    select distinct src.slot(delivered_at) from ods.fulfilment
    union
    select distinct src.slot("at") from ods.campaign_member
    union
    select distinct src.slot(selected_at) from src.selection
    union
    select distinct src.slot("at") from ods.survey_response
    union
    select distinct unnest([src.slot(opened_at), src.slot(first_reply_at), src.slot(closed_at)]) from ods."case"
    union
    select distinct unnest([
        src.slot(started_at), src.slot(trial_ends_at), src.slot(cancelled_at), src.slot(ended_at), src.slot(updated_at),
        src.slot(effective_at)
    ]) from ods.subscription_version
    union
    select distinct unnest([
        src.slot(started_at), src.slot(trial_ends_at), src.slot(cancelled_at), src.slot(ended_at), src.slot(updated_at),
        src.slot(effective_at)
    ]) from ods.subscription
    union
    select distinct src.slot(effective_at) from ods.subscription_item_version
    union
    select distinct src.slot(effective_at) from ods.subscription_item
    union
    select src.slot(as_of) from src.moment
    union
    select distinct unnest([src.slot(created_at), src.slot(updated_at), src.slot(effective_at)]) from ods.lead_version
    union
    select distinct unnest([
        src.slot(created_at), src.slot(updated_at), src.slot(effective_at), src.slot(closed_at)
    ]) from ods.opportunity_version
    union
    select distinct unnest([src.slot(created_at), src.slot(updated_at), src.slot(effective_at)]) from ods.lead
    union
    select distinct unnest([
        src.slot(created_at), src.slot(updated_at), src.slot(effective_at), src.slot(closed_at)
    ]) from ods.opportunity
),

local as (
    select
        slot,
        timezone((select company_time_zone from src.param), make_timestamptz(slot * 900000000)) as local_time
    from slots
    where slot is not null
)

select
    slot,
    src.day(local_time) as date_key,
    cast(60 * hour(local_time) + minute(local_time) as integer) as minute_of_day,
    cast(epoch_us(local_time) // 60000000 - slot * 15 as integer) as offset_minutes

from local
