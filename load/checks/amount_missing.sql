-- Question: Which order and invoice lines have no amount, neither told nor computable?
-- Severity: warn
-- Grain: fact row.
-- Sources: fact_order_line, fact_invoice_line.

select
    'fact_order_line' as table_name,
    source_system,
    order_id as id,
    line_id
from warehouse.fact_order_line
where line_amount is null

union all

select
    'fact_invoice_line' as table_name,
    source_system,
    invoice_id as id,
    line_id
from warehouse.fact_invoice_line
where line_amount is null
