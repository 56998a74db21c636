-- Question: which order is meant where a system names an order, perhaps of another system?
-- Grain: system and order id: each order of the system, and each id it names that is the only order of
-- that id in any system.
-- Sources: src.order_one, order ids of invoice, payment, refund, fulfilment and web_event.
-- Rows from: src.order_one

with mentioned as (
    select source_system, order_id from src.invoice_one
    union all
    select source_system, order_id from ods.payment
    union all
    select source_system, order_id from src.refund
    union all
    select source_system, order_id from ods.fulfilment
    union all
    select source_system, order_id from ods.web_event
),

foreign_order as (
    select distinct
        mentioned.source_system,
        mentioned.order_id
    from mentioned
    anti join src.order_one as own using (source_system, order_id)
    where mentioned.order_id is not null
),

elsewhere as (
    select
        order_id,
        min(row_id) as row_id
    from src.order_one
    where order_id in (select order_id from foreign_order)
    group by order_id
    having count(*) = 1
)

select
    source_system,
    order_id,
    row_id as order_row_id

from src.order_one

union all

select
    foreign_order.source_system,
    foreign_order.order_id,
    elsewhere.row_id

from foreign_order
inner join elsewhere using (order_id)
