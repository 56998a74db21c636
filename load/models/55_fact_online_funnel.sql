-- Question: how far did each web session get, and what became of its order?
-- Grain: session.
-- Sources: fact_web_event, src.session, src.order_one, src.order_ref, fact_payment, fulfilment, meta.funnel_stage,
-- src.event_funnel, src look-ups.
-- Delta: session_key of warehouse.fact_web_event, src.session
-- Rows from: warehouse.fact_web_event

with session as (
    select
        event.session_key,
        min(event.source_system) as source_system,
        min(event.visitor_id) as visitor_id,
        max(event.source_customer_key) as source_customer_key,
        min({'at': event.happened_at, 'key': event.campaign_key}) filter (where event.campaign_key <> -2) as campaign,
        min({'at': event.happened_at, 'key': event.channel_key}) filter (where event.channel_key <> -2) as channel,
        count(*) as event_count,
        min(event.happened_at) as started_at,
        min(event.happened_at) filter (where stage.stage_id = 'visit') as visit_at,
        min(event.happened_at) filter (where stage.stage_id = 'product_view') as product_view_at,
        min(event.happened_at) filter (where stage.stage_id = 'cart') as cart_at,
        min(event.happened_at) filter (where stage.stage_id = 'checkout') as checkout_at,
        min(event.happened_at) filter (where stage.stage_id = 'order') as order_event_at,
        max(stage.stage_rank) as event_rank
    from affected.fact_web_event as event
    left join warehouse.meta.funnel_stage as stage using (stage_key)
    group by event.session_key
),

session_order as (
    select
        event.session_key,
        ref.order_row_id
    from affected.fact_web_event as event
    inner join src.order_ref as ref
        on ref.source_system = event.source_system and ref.order_id = event.order_id
    where event.order_id is not null

    union

    select
        session.session_key,
        header.row_id
    from src.order_one as header
    inner join affected.session using (source_system, session_id)
),

paid as (
    select
        ref.order_row_id,
        min(payment.paid_at) as paid_at
    from warehouse.fact_payment as payment
    inner join src.order_ref as ref
        on ref.source_system = payment.source_system and ref.order_id = payment.order_id
    where payment.amount > 0
        and not payment.is_refund
        and not payment.is_failed
        and ref.order_row_id in (select order_row_id from session_order)
    group by ref.order_row_id
),

fulfilled as (
    select
        ref.order_row_id,
        min(coalesce(fulfilment.shipped_at, fulfilment.delivered_at)) as fulfilled_at,
        min(fulfilment.delivered_at) as delivered_at
    from ods.fulfilment
    inner join src.order_ref as ref
        on ref.source_system = fulfilment.source_system and ref.order_id = fulfilment.order_id
    left join src.word_meaning as status on status.subject = 'fulfilment_status' and status.word = fulfilment.status
    where not fulfilment.is_deleted
        and status.meaning is distinct from 'cancelled'
        and ref.order_row_id in (select order_row_id from session_order)
    group by ref.order_row_id
),

buyer as (
    select header.customer_key
    from src.order_one as header
    where header.row_id in (select order_row_id from session_order)
),

next_order as (
    select
        row_id,
        lead(ordered_at) over (partition by customer_key order by ordered_at, row_id) as repeat_at
    from src.order_one
    where ordered_at is not null
        and not is_cancelled
        and customer_key in (select customer_key from buyer)
),

placed as (
    select
        session_order.session_key,
        header.order_id,
        header.source_customer_key,
        header.ordered_at,
        paid.paid_at,
        fulfilled.fulfilled_at,
        fulfilled.delivered_at,
        next_order.repeat_at,
        count(*) over (partition by session_order.session_key) as order_count
    from session_order
    inner join src.order_one as header on header.row_id = session_order.order_row_id
    left join paid on paid.order_row_id = session_order.order_row_id
    left join fulfilled on fulfilled.order_row_id = session_order.order_row_id
    left join next_order on next_order.row_id = session_order.order_row_id
    qualify row_number() over (
        partition by session_order.session_key
        order by header.ordered_at nulls last, header.row_id
    ) = 1
),

reached as (
    select
        session.* exclude (source_customer_key, order_event_at),
        coalesce(placed.source_customer_key, session.source_customer_key) as source_customer_key,
        placed.order_id,
        coalesce(placed.order_count, 0) as order_count,
        coalesce(placed.ordered_at, session.order_event_at) as ordered_at,
        placed.paid_at,
        placed.fulfilled_at,
        placed.delivered_at,
        placed.repeat_at,
        placed.session_key is not null or session.order_event_at is not null as is_ordered,
        followed.funnel_name
    from session
    left join placed using (session_key)
    inner join src.event_funnel as followed using (source_system)
),

-- What becomes of an order is known by the stages of these names, in whichever funnel of sessions has them.
stage_of as (
    select
        funnel_name,
        min(stage_rank) filter (where step_number is not null) as first_rank,
        max(stage_rank) filter (where stage_id = 'order') as order_rank,
        max(stage_rank) filter (where stage_id = 'paid') as paid_rank,
        max(stage_rank) filter (where stage_id = 'fulfilled') as fulfilled_rank,
        max(stage_rank) filter (where stage_id = 'delivered') as delivered_rank,
        max(stage_rank) filter (where stage_id = 'repeat') as repeat_rank
    from warehouse.meta.funnel_stage
    group by funnel_name
),

stage_at as (
    select
        funnel_name,
        stage_rank,
        min(stage_key) as stage_key,
        arg_min(step_number, stage_key) as step_number
    from warehouse.meta.funnel_stage
    group by funnel_name, stage_rank
)

select
    reached.session_key,
    reached.funnel_name,
    reached.source_system,
    source_session.session_id,
    reached.visitor_id,
    reached.source_customer_key,
    coalesce(party.customer_key, -1) as customer_key,
    coalesce(reached.campaign.key, -2) as campaign_key,
    coalesce(reached.channel.key, -2) as channel_key,
    reached.order_id,
    reached.order_count,
    reached.event_count,
    reached.started_at,
    coalesce(started.date_key, -1) as session_date_key,
    reached.visit_at,
    reached.product_view_at,
    reached.cart_at,
    reached.checkout_at,
    reached.ordered_at,
    reached.paid_at,
    reached.fulfilled_at,
    reached.delivered_at,
    reached.repeat_at,
    if(reached.ordered_at is null, -3, ordered.date_key) as ordered_date_key,
    if(reached.paid_at is null, -3, paid.date_key) as paid_date_key,
    if(reached.fulfilled_at is null, -3, fulfilled.date_key) as fulfilled_date_key,
    if(reached.delivered_at is null, -3, delivered.date_key) as delivered_date_key,
    if(reached.repeat_at is null, -3, repeated.date_key) as repeat_date_key,
    stage.stage_key as furthest_stage_key,
    stage.step_number as furthest_step_number

from reached
left join affected.session as source_session on source_session.session_key = reached.session_key
left join ods.idn.source_record as party on party.source_customer_key = reached.source_customer_key
left join stage_of on stage_of.funnel_name = reached.funnel_name
left join stage_at as stage
    on stage.funnel_name = reached.funnel_name
    and stage.stage_rank = greatest(
        stage_of.first_rank,
        reached.event_rank,
        if(reached.is_ordered, stage_of.order_rank, null),
        if(reached.paid_at is not null, stage_of.paid_rank, null),
        if(reached.fulfilled_at is not null, stage_of.fulfilled_rank, null),
        if(reached.delivered_at is not null, stage_of.delivered_rank, null),
        if(reached.repeat_at is not null, stage_of.repeat_rank, null)
    )
left join src.time_slot as started on started.slot = src.slot(reached.started_at)
left join src.time_slot as ordered on ordered.slot = src.slot(reached.ordered_at)
left join src.time_slot as paid on paid.slot = src.slot(reached.paid_at)
left join src.time_slot as fulfilled on fulfilled.slot = src.slot(reached.fulfilled_at)
left join src.time_slot as delivered on delivered.slot = src.slot(reached.delivered_at)
left join src.time_slot as repeated on repeated.slot = src.slot(reached.repeat_at)
