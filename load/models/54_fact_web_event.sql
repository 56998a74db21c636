-- Question: what did visitors of the web store do?
-- Grain: one event of one visitor as delivered.
-- Sources: web_event, meta.funnel_stage, src look-ups, idn.source_record.
-- Delta: row_id of ods.web_event
-- Rows from: ods.web_event

-- A page that was opened and names a product is that product's, whatever the source calls the event.
with opened as (
    select
        max(stage_key) filter (where stage_id = 'visit') as visit_key,
        max(stage_key) filter (where stage_id = 'product_view') as product_view_key
    from warehouse.meta.funnel_stage
    group by funnel_name
)

select
    event.row_id,
    event.source_system,
    event.event_id,
    event.visitor_id,
    coalesce(
        session.session_key,
        src.key_of(
            'visitor' || chr(31) || event.source_system,
            event.visitor_id || chr(31) || coalesce(slot.date_key, -1)
        ),
        src.key_of(
            'known visitor' || chr(31) || event.source_system,
            if(event.source_customer_key > 0, event.source_customer_key, null) || chr(31) || coalesce(slot.date_key, -1)
        ),
        src.key_of('event', cast(event.row_id as varchar))
    ) as session_key,
    event.at as happened_at,
    coalesce(slot.date_key, -1) as event_date_key,
    coalesce(event.source_customer_key, -1) as source_customer_key,
    coalesce(party.customer_key, -1) as customer_key,
    case
        when opened.product_view_key is not null and event.product_id is not null then opened.product_view_key
        else coalesce(word.stage_key, -1)
    end as stage_key,
    lower(event.type) as event_type,
    coalesce(product.product_key, -2) as product_key,
    coalesce(campaign.campaign_key, -2) as campaign_key,
    case
        when coalesce(channel.channel_key, -1) > 0 then channel.channel_key
        when coalesce(source.channel_key, -1) > 0 then source.channel_key
        when coalesce(campaign.channel_key, -1) > 0 then campaign.channel_key
        when event.channel is not null then -1
        else -2
    end as channel_key,
    event.order_id,
    event.source as traffic_source,
    event.url,
    event.is_exact_duplicate,
    event.file_key as source_file_key,
    event.source_row

from affected.web_event as event
left join src.time_slot as slot on slot.slot = src.slot(event.at)
left join ods.idn.source_record as party on party.source_customer_key = event.source_customer_key
left join src.session on session.source_system = event.source_system and session.session_id = event.session_id
left join src.event_word as word on word.source_system = event.source_system and word.word = event.type
left join opened on opened.visit_key = word.stage_key
left join warehouse.dim_product as product on product.product_id = event.product_id
left join warehouse.dim_campaign as campaign on campaign.campaign_id = event.campaign_id
left join src.channel_word as channel on channel.word = event.channel
left join src.channel_word as source on source.word = event.source

where not event.is_deleted
