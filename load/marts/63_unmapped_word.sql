-- Question: which words of the sources for statuses, kinds, channels and touchpoints are not mapped yet?
-- Grain: use, source system, entity and word.
-- Sources: src.stage_word, src.event_word, src.pursuit, src.pursuit_of, src.channel_word, src.touchpoint_word, src.word_meaning, src.payment_word and the entities that use the words.

with pursuit_of as (
    select
        pursuit.funnel_name,
        place.*
    from src.pursuit_of as place
    inner join src.pursuit using (pursuit_key)
),

event as (
    select
        source_system,
        if(opportunity_id is null, 'lead', 'opportunity') as entity,
        coalesce(opportunity_id, lead_id) as id,
        unnest([stage, from_stage]) as word
    from ods.stage_event
),

status as (
    select source_system, 'lead' as entity, lead_id as id, status as word from ods.lead
    union all
    select source_system, 'opportunity', opportunity_id, status from ods.opportunity
    union all
    select * from event
),

-- A word is asked of the funnel that its pursuit follows, and of those of its system where nobody knows the pursuit.
used as (
    select
        pursuit_of.funnel_name,
        status.source_system,
        status.entity,
        status.word,
        count(*) as row_count
    from status
    left join pursuit_of using (source_system, entity, id)
    group by all
),

channel_used as (
    select 'web_event.channel' as entity, source_system, channel as word, count(*) as row_count from ods.web_event group by all
    union all
    select 'order.channel', source_system, channel, count(*) from ods."order" group by all
    union all
    select 'lead.channel', source_system, channel, count(*) from ods.lead group by all
    union all
    select 'opportunity.channel', source_system, channel, count(*) from ods.opportunity group by all
    union all
    select 'campaign.channel', source_system, channel, count(*) from ods.campaign group by all
    union all
    select 'campaign_spend.channel', source_system, channel, count(*) from ods.campaign_spend group by all
),

touchpoint_used as (
    select 'activity.touchpoint' as entity, source_system, touchpoint as word, count(*) as row_count from ods.activity group by all
    union all
    select 'order.touchpoint', source_system, touchpoint, count(*) from ods."order" group by all
    union all
    select 'case.touchpoint', source_system, touchpoint, count(*) from ods."case" group by all
),

kind_used as (
    select 'touch_type' as subject, 'activity.type' as entity, source_system, type as word, count(*) as row_count
    from ods.activity group by all
    union all
    select 'touch_direction', 'activity.direction', source_system, direction, count(*) from ods.activity group by all
    union all
    select 'campaign_member', 'campaign_member.status', source_system, status, count(*) from ods.campaign_member group by all
    union all
    select 'case_status', 'case.status', source_system, status, count(*) from ods."case" group by all
    union all
    select 'fulfilment_kind', 'fulfilment.kind', source_system, kind, count(*) from ods.fulfilment group by all
    union all
    select 'order_status', 'order.status', source_system, status, count(*) from ods."order" where is_cancelled is null group by all
    union all
    select 'invoice_status', 'invoice.status', source_system, status, count(*) from ods.invoice group by all
    union all
    select 'payment_status', 'payment.status', source_system, status, count(*) from ods.payment group by all
    union all
    select 'invoice_type', 'invoice.type', source_system, type, count(*) from ods.invoice group by all
    union all
    select 'subscription_status', 'subscription.status', source_system, status, count(*) from ods.subscription group by all
    union all
    select 'interval', 'subscription.interval', source_system, interval, count(*) from ods.subscription group by all
    union all
    select 'interval', 'subscription_item.interval', source_system, interval, count(*) from ods.subscription_item group by all
    union all
    select 'interval', 'product.price_interval', source_system, price_interval, count(*) from ods.product group by all
    union all
    select 'inventory_kind', 'inventory.kind', source_system, kind, count(*) from ods.inventory group by all
)

select
    word.funnel_name as used_for,
    used.source_system,
    used.entity,
    used.word,
    cast(sum(used.row_count) as bigint) as row_count

from used
inner join src.stage_word as word using (source_system, entity, word)

anti join (
    select word
    from src.word_meaning
    where subject = 'pursuit_status' and meaning = 'reopened'
) as again on again.word = used.word

where word.stage_key = -1 and word.funnel_name = coalesce(used.funnel_name, word.funnel_name)

group by all

union all by name

select
    word.funnel_name as used_for,
    event.source_system,
    'web_event' as entity,
    event.type as word,
    count(*) as row_count

from ods.web_event as event
inner join src.event_word as word on word.source_system = event.source_system and word.word = event.type

where word.stage_key = -1

group by word.funnel_name, event.source_system, event.type

union all by name

select
    'channel' as used_for,
    channel_used.source_system,
    channel_used.entity,
    channel_used.word,
    channel_used.row_count

from channel_used
inner join src.channel_word using (word)

where channel_word.channel_key = -1
    and src.word(channel_used.word) not in (select word from warehouse.meta.channel_word)

union all by name

select
    'touchpoint' as used_for,
    touchpoint_used.source_system,
    touchpoint_used.entity,
    touchpoint_used.word,
    touchpoint_used.row_count

from touchpoint_used
inner join src.touchpoint_word using (word)

where touchpoint_word.touchpoint_key = -1

union all by name

select
    kind_used.subject as used_for,
    kind_used.source_system,
    kind_used.entity,
    kind_used.word,
    kind_used.row_count

from kind_used
anti join src.word_meaning using (subject, word)

where kind_used.word is not null

union all by name

-- Authorised and counted as paid, for no payment of the system is told as taken: somebody has to say which it is.
select
    kind_used.subject as used_for,
    kind_used.source_system,
    kind_used.entity,
    kind_used.word,
    kind_used.row_count

from kind_used
inner join src.payment_word as paid on paid.source_system = kind_used.source_system and paid.word = kind_used.word
semi join src.word_meaning as known
    on known.subject = 'payment_status' and known.word = kind_used.word and known.meaning = 'authorised'

where kind_used.subject = 'payment_status' and not paid.is_failed
