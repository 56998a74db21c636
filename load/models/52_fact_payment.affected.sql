-- Question: which payments may look different now?
-- Grain: row id of payment or refund.
-- Sources: delivered payments; payments of delivered invoices and of orders with the id of a delivered
-- one; payments whose customer, or whose invoice's or order's customer, moved; payments in a foreign
-- currency where a rate came; refunds likewise, and those whose payment was delivered or is gone.

with header as (
    -- An order of another system is found by its id alone.
    select order_id
    from ods."order"
    where row_id in (select row_id from changed."order")
        or source_customer_key in (select source_customer_key from changed.moved)

    union

    select order_id
    from ods.order_version
    where row_id in (select row_id from changed."order")
),

document as (
    select
        source_system,
        invoice_id
    from ods.invoice
    where row_id in (select row_id from changed.invoice)
        or source_customer_key in (select source_customer_key from changed.moved)
        or order_id in (select order_id from header)

    union

    select
        source_system,
        invoice_id
    from ods.invoice_version
    where row_id in (select row_id from changed.invoice)
)

select row_id from changed.payment

union

select row_id
from ods.payment
where source_customer_key in (select source_customer_key from changed.moved)
    or order_id in (select order_id from header)

union

select payment.row_id
from ods.payment
semi join document
    on document.source_system = payment.source_system and document.invoice_id = payment.invoice_id

union

select row_id
from ods.payment
where exists (select 1 from changed.exchange_rate)

union

select row_id from changed.refund

union

select row_id
from src.refund
where source_customer_key in (select source_customer_key from changed.moved)
    or order_id in (select order_id from header)
    or exists (select 1 from changed.exchange_rate)
    or (payment_id is not null and exists (select 1 from changed.payment anti join ods.payment using (row_id)))

union

select refund.row_id
from src.refund
semi join document
    on document.source_system = refund.source_system and document.invoice_id = refund.invoice_id

union

select refund.row_id
from src.refund
inner join ods.payment
    on payment.source_system = refund.source_system and payment.payment_id = refund.payment_id
where payment.row_id in (select row_id from changed.payment)
