-- Question: how far is each order on its way to the customer?
-- Grain: one shipment, download or other fulfilment; an order without any has one row that waits, or
-- says that it only gives goods back.
-- Sources: fulfilment, src.order_one, src.order_ref, fact_payment, fact_order_line, src look-ups, idn.source_record.
-- Delta: row_id of ods.fulfilment, src.order_one
-- Rows from: ods.fulfilment, src.order_one

with paid as (
    select
        ref.order_row_id,
        min(payment.paid_at) as paid_at
    from warehouse.fact_payment as payment
    inner join src.order_ref as ref
        on ref.source_system = payment.source_system and ref.order_id = payment.order_id
    where payment.amount > 0
        and not payment.is_refund
        and not payment.is_failed
        and ref.order_row_id in (select row_id from affected.order_one)
    group by ref.order_row_id
),

worth as (
    select
        line.source_system,
        line.order_id,
        sum(line.reporting_amount) filter (where not line.is_cancelled) as amount,
        bool_and(line.is_cancelled) as is_cancelled,
        bool_and(coalesce(line.quantity < 0 or line.line_amount < 0, false)) as is_return
    from warehouse.fact_order_line as line
    semi join affected.order_one as header
        on header.source_system = line.source_system and header.order_id = line.order_id
    group by line.source_system, line.order_id
),

sent as (
    select
        fulfilment.*,
        ref.order_row_id,
        row_number() over (
            partition by coalesce(ref.order_row_id, fulfilment.row_id)
            order by fulfilment.shipped_at nulls last, fulfilment.delivered_at nulls last, fulfilment.row_id
        ) as shipment_number
    from affected.fulfilment
    left join src.order_ref as ref
        on ref.source_system = fulfilment.source_system and ref.order_id = fulfilment.order_id
    where not fulfilment.is_deleted
),

line as (
    select
        coalesce(sent.row_id, header.row_id) as row_id,
        coalesce(sent.source_system, header.source_system) as source_system,
        coalesce(header.order_id, sent.order_id) as order_id,
        sent.fulfilment_id,
        coalesce(sent.shipment_number, 1) as shipment_number,
        coalesce(sent.source_customer_key, header.source_customer_key, -1) as source_customer_key,
        sent.product_id,
        sent.campaign_id,
        header.campaign_key,
        header.employee_key,
        header.touchpoint,
        if(sent.row_id is null, header.status, null) as order_status,
        header.country_code,
        sent.kind,
        sent.status,
        sent.carrier,
        sent.tracking_number,
        sent.serial_number,
        coalesce(sent.has_licence_key, false) as has_licence_key,
        sent.quantity,
        header.ordered_at,
        header.order_date_key,
        header.row_id is null as is_without_order,
        coalesce(header.is_cancelled, false) or coalesce(worth.is_cancelled, false) as is_cancelled,
        sent.row_id is null and coalesce(worth.is_return, false) as is_return,
        paid.paid_at,
        sent.shipped_at,
        sent.delivered_at,
        case when coalesce(sent.shipment_number, 1) = 1 then worth.amount end as amount,
        sent.file_key as source_file_key,
        sent.source_row
    from sent
    full join affected.order_one as header on header.row_id = sent.order_row_id
    left join paid on paid.order_row_id = header.row_id
    left join worth on worth.source_system = header.source_system and worth.order_id = header.order_id
),

judged as (
    select
        line.*,
        coalesce(kind.meaning, lower(line.kind)) as fulfilment_kind,
        case
            when line.is_cancelled or status.meaning = 'cancelled' then 'cancelled'
            when line.is_return or kind.meaning = 'returned' then 'returned'
            when line.delivered_at is not null then 'delivered'
            -- What a source says of how far goods are is believed, though it may tell no day.
            when coalesce(status.meaning, placed.meaning) = 'delivered' then 'delivered'
            when line.shipped_at is not null or coalesce(status.meaning, placed.meaning) = 'shipped' then 'shipped'
            else 'waiting'
        end as progress
    from line
    left join src.word_meaning as kind on kind.subject = 'fulfilment_kind' and kind.word = line.kind
    left join src.word_meaning as status on status.subject = 'fulfilment_status' and status.word = line.status
    left join src.word_meaning as placed on placed.subject = 'order_status' and placed.word = line.order_status
)

select
    src.key_of('fulfilment', cast(judged.row_id as varchar)) as fulfilment_key,
    judged.row_id,
    judged.source_system,
    judged.order_id,
    judged.fulfilment_id,
    judged.shipment_number,
    judged.source_customer_key,
    coalesce(party.customer_key, -1) as customer_key,
    coalesce(src.key_of('product', judged.product_id), -2) as product_key,
    coalesce(src.key_of('campaign', judged.campaign_id), judged.campaign_key, -2) as campaign_key,
    coalesce(judged.employee_key, -2) as employee_key,
    case when judged.touchpoint is null then -2 else coalesce(place.touchpoint_key, -1) end as touchpoint_key,
    judged.country_code,
    judged.fulfilment_kind,
    judged.status as fulfilment_status,
    judged.carrier,
    judged.tracking_number,
    judged.serial_number,
    judged.has_licence_key,
    judged.quantity,
    judged.ordered_at,
    judged.paid_at,
    judged.shipped_at,
    judged.delivered_at,
    if(judged.is_without_order, -2, coalesce(judged.order_date_key, -1)) as ordered_date_key,
    if(judged.paid_at is null, -3, paid.date_key) as paid_date_key,
    if(judged.shipped_at is null, -3, shipped.date_key) as shipped_date_key,
    if(judged.delivered_at is null, -3, delivered.date_key) as delivered_date_key,
    src.clock_days(
        src.clock(judged.ordered_at, ordered.offset_minutes), src.clock(judged.paid_at, paid.offset_minutes)
    ) as order_to_pay_days,
    src.clock_days(
        src.clock(judged.ordered_at, ordered.offset_minutes), src.clock(judged.shipped_at, shipped.offset_minutes)
    ) as order_to_ship_days,
    src.clock_days(
        src.clock(judged.shipped_at, shipped.offset_minutes), src.clock(judged.delivered_at, delivered.offset_minutes)
    ) as ship_to_deliver_days,
    src.clock_days(
        src.clock(judged.ordered_at, ordered.offset_minutes), src.clock(judged.delivered_at, delivered.offset_minutes)
    ) as order_to_deliver_days,
    judged.progress,
    judged.progress in ('waiting', 'shipped') as is_open,
    cast(judged.amount as decimal(18, 4)) as order_reporting_amount,
    judged.source_file_key,
    judged.source_row

from judged
left join ods.idn.source_record as party on party.source_customer_key = judged.source_customer_key
left join src.touchpoint_word as place on place.word = judged.touchpoint
left join src.time_slot as ordered on ordered.slot = src.slot(judged.ordered_at)
left join src.time_slot as paid on paid.slot = src.slot(judged.paid_at)
left join src.time_slot as shipped on shipped.slot = src.slot(judged.shipped_at)
left join src.time_slot as delivered on delivered.slot = src.slot(judged.delivered_at)
