-- Question: which payments may look different now?
-- Grain: row id of payment.
-- Sources: delivered payments; payments of delivered invoices and of orders with the id of a delivered
-- one; payments whose customer, or whose invoice's or order's customer, moved; payments in a foreign
-- currency where a rate came.

with document as (
    select
        source_system,
        invoice_id,
        order_id
    from ods.invoice
    where row_id in (select row_id from changed.invoice)
        or source_customer_key in (select source_customer_key from changed.moved)
        -- The order of an invoice may be of another system: found by its id alone.
        or order_id in (select order_id from ods."order" where row_id in (select row_id from changed."order"))
        or order_id in (
            select order_id from ods."order"
            where source_customer_key in (select source_customer_key from changed.moved)
        )
)

select row_id from changed.payment

union

select row_id
from ods.payment
where source_customer_key in (select source_customer_key from changed.moved)
    or order_id in (select order_id from ods."order" where row_id in (select row_id from changed."order"))
    or order_id in (
        select order_id from ods."order"
        where source_customer_key in (select source_customer_key from changed.moved)
    )

union

select payment.row_id
from ods.payment
semi join document
    on document.source_system = payment.source_system and document.invoice_id = payment.invoice_id

union

select row_id
from ods.payment
where exists (select 1 from changed.exchange_rate)
