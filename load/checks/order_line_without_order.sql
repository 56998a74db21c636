-- Question: Which order lines belong to an order that no feed delivered, though their system delivers orders?
-- Severity: warn
-- Grain: source system and order.
-- Sources: fact_order_line, order.

with header as (
    select distinct
        source_system,
        order_id
    from ods."order"
    where order_id is not null and not is_deleted
)

select distinct
    line.source_system,
    line.order_id

from warehouse.fact_order_line as line
anti join header using (source_system, order_id)

where line.source_system in (select source_system from header)
