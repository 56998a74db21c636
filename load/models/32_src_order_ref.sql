-- Question: which order is meant where a system names an order, perhaps of another system?
-- Grain: naming system and order id that resolves: to an order of the same system, else to the only
-- order of that id in any system.
-- Sources: src.order_one, order ids of invoice, payment, fulfilment and web_event.

with named as (
    select distinct source_system, order_id from src.invoice_one
    union
    select distinct source_system, order_id from ods.payment
    union
    select distinct source_system, order_id from ods.fulfilment
    union
    select distinct source_system, order_id from ods.web_event
),

elsewhere as (
    select
        order_id,
        min(source_system) as source_system
    from src.order_one
    where order_id in (
        select order_id
        from named
        anti join src.order_one using (source_system, order_id)
    )
    group by order_id
    having count(*) = 1
)

select
    named.source_system,
    named.order_id,
    coalesce(own.source_system, elsewhere.source_system) as order_system

from named
left join src.order_one as own using (source_system, order_id)
left join elsewhere on elsewhere.order_id = named.order_id

where coalesce(own.source_system, elsewhere.source_system) is not null
