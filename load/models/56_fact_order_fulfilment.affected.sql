-- Question: which shipments and waiting orders may look different now?
-- Grain: row id of fulfilment or order.
-- Sources: all that names an order of which a state, a line, a payment or a fulfilment changed, or whose
-- customer moved. An order of another system is found by its id alone.

with moved as (
    select order_id
    from ods."order"
    where row_id in (select row_id from changed."order")
        or source_customer_key in (select source_customer_key from changed.moved)

    union

    -- An order may have had another id before.
    select order_id
    from ods.order_version
    where row_id in (select row_id from changed."order")

    union

    select order_id from changed.fact_order_line

    union

    select order_id from changed.fact_payment

    union

    select order_id
    from ods.fulfilment
    where row_id in (select row_id from changed.fulfilment)
        or source_customer_key in (select source_customer_key from changed.moved)

    union

    select order_id
    from warehouse.fact_order_fulfilment
    where row_id in (select row_id from changed.fulfilment)
        or source_customer_key in (select source_customer_key from changed.moved)
)

select row_id from changed.fulfilment

union

select row_id
from ods.fulfilment
where order_id in (select order_id from moved)
    or source_customer_key in (select source_customer_key from changed.moved)

union

select row_id
from src.order_one
where order_id in (select order_id from moved)

union

select row_id
from warehouse.fact_order_fulfilment
where order_id in (select order_id from moved)
    or source_customer_key in (select source_customer_key from changed.moved)
