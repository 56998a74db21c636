-- Question: which payments may look different now?
-- Grain: row id of payment or refund.
-- Sources: delivered payments; payments of delivered invoices and of orders with the id of a delivered
-- one; payments whose customer, or whose invoice's or order's customer, moved; payments in a foreign
-- currency from the day of a rate that came; payments whose status means something else now; refunds likewise, and
-- those whose payment was delivered or is gone.

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

select fact.row_id
from warehouse.fact_payment as fact
cross join src.param
cross join src.changed_rate as since
where fact.currency_code <> param.company_currency and fact.paid_date_key >= since.date_key

union

select row_id from changed.refund

union

select row_id
from src.refund
where source_customer_key in (select source_customer_key from changed.moved)
    or order_id in (select order_id from header)
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

union

select fact.row_id
from warehouse.fact_payment as fact
inner join src.payment_word as word on word.source_system = fact.source_system and word.word = fact.status
where fact.is_failed <> word.is_failed
