-- Question: which order is meant where a system names an order, perhaps of another system?
-- Grain: naming system and order id that resolves: to an order of the same system, else to the only
-- order of that id in any system.
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

named as (
    select distinct
        source_system,
        order_id
    from mentioned
    where order_id is not null
),

own as (
    select
        named.source_system,
        named.order_id,
        header.row_id
    from named
    left join src.order_one as header using (source_system, order_id)
),

elsewhere as (
    select
        order_id,
        min(row_id) as row_id
    from src.order_one
    where order_id in (select order_id from own where row_id is null)
    group by order_id
    having count(*) = 1
)

select
    own.source_system,
    own.order_id,
    coalesce(own.row_id, elsewhere.row_id) as order_row_id

from own
left join elsewhere on elsewhere.order_id = if(own.row_id is null, own.order_id, null)

where coalesce(own.row_id, elsewhere.row_id) is not null
