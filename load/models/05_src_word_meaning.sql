-- Question: which words of the sources stand for one thing in the facts?
-- Grain: subject and word as delivered.
-- Changes with: nothing
-- Sources: status and kind words of the ODS, meta.word_meaning.

with found as (
    select distinct 'touch_type' as subject, type as word from ods.activity
    union
    select distinct 'touch_type', channel from ods."case"
    union
    select distinct 'touch_outcome', outcome from ods.activity
    union
    select distinct 'touch_direction', direction from ods.activity
    union
    select distinct 'invoice_type', type from ods.invoice
    union
    select distinct 'campaign_member', status from ods.campaign_member
    union
    select distinct 'case_status', status from ods."case"
    union
    select distinct 'order_status', status from ods."order"
    union
    select distinct 'fulfilment_kind', kind from ods.fulfilment
    union
    select distinct 'fulfilment_status', status from ods.fulfilment
    union
    select distinct 'invoice_status', status from ods.invoice
    union
    select distinct 'payment_status', status from ods.payment
    union
    select distinct 'payment_status', status from ods.refund
    union
    select distinct 'inventory_kind', kind from ods.inventory
    union
    select distinct 'target_metric', metric from ods.target
    union
    select distinct 'subscription_status', status from ods.subscription
    union
    select distinct 'subscription_status', status from ods.subscription_version
    union
    select distinct 'interval', interval from ods.subscription
    union
    select distinct 'interval', interval from ods.subscription_version
    union
    select distinct 'interval', interval from ods.subscription_item
    union
    select distinct 'interval', price_interval from ods.product
    union
    select distinct 'pursuit_status', unnest([stage, from_stage]) from ods.stage_event
    union
    select distinct 'pursuit_status', status from ods.lead
    union
    select distinct 'pursuit_status', status from ods.lead_version
    union
    select distinct 'pursuit_status', status from ods.opportunity
    union
    select distinct 'pursuit_status', status from ods.opportunity_version
)

select
    found.subject,
    found.word,
    known.meaning

from found
inner join warehouse.meta.word_meaning as known
    on known.subject = found.subject and known.word = src.word(found.word)
