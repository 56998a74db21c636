-- Question: which events make up the session?
-- Through: fact_web_event by session_key
select fact_row, session_key
from asked;

-- Question: which delivered order was placed in it? The store's own, else the only one of that id.
select
    asked.fact_row,
    'order' as part,
    placed.file_key,
    placed.source_row
from asked
inner join ods."order" as placed using (order_id)
where not placed.is_deleted
qualify placed.source_system = asked.source_system
    or not bool_or(placed.source_system = asked.source_system) over (partition by asked.fact_row);

-- Question: which payments for the order tell when it was paid?
-- Through: fact_payment by row_id
select asked.fact_row, payment.row_id
from asked
inner join warehouse.fact_payment as payment
    on payment.order_id = asked.order_id and payment.paid_at = asked.paid_at
where not payment.is_refund;

-- Question: which shipments tell when it was shipped and delivered?
select
    asked.fact_row,
    'fulfilment' as part,
    sent.file_key,
    sent.source_row
from asked
inner join ods.fulfilment as sent using (order_id)
where not sent.is_deleted
    and (coalesce(sent.shipped_at, sent.delivered_at) = asked.fulfilled_at or sent.delivered_at = asked.delivered_at)
