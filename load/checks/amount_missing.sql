-- Question: Which order and invoice lines and subscriptions have no amount, neither told nor computable?
-- Severity: warn
-- Grain: fact row.
-- Sources: fact_order_line, fact_invoice_line, fact_subscription.

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

union all

select
    'fact_subscription' as table_name,
    source_system,
    subscription_id as id,
    cast(term_number as varchar) as line_id
from warehouse.fact_subscription
where monthly_amount is null and is_counted
