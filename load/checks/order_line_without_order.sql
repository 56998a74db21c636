-- Question: Which order lines belong to an order that no feed delivered, though their system delivers orders?
-- Severity: warn
-- Grain: source system and order.
-- Sources: fact_order_line, order.

select distinct
    line.source_system,
    line.order_id

from warehouse.fact_order_line as line
anti join src.order_one as header
    on header.source_system = line.source_system and header.order_id = line.order_id

where line.source_system in (select source_system from src.order_one)
