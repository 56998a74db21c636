-- Question: Which amounts could not be turned into the company's currency, for want of a rate?
-- Severity: warn
-- Grain: currency of an order, an invoice, a payment, a pursuit, a spending or a subscription.
-- Sources: fact_order_line, fact_invoice_line, fact_payment, fact_pipeline, fact_campaign_spend,
-- fact_subscription.

select distinct
    'fact_order_line' as table_name,
    source_system,
    order_id as id,
    currency_code
from warehouse.fact_order_line
where line_amount is not null and reporting_amount is null

union all

select distinct
    'fact_invoice_line' as table_name,
    source_system,
    invoice_id as id,
    currency_code
from warehouse.fact_invoice_line
where line_amount is not null and reporting_amount is null

union all

select distinct
    'fact_payment' as table_name,
    source_system,
    payment_id as id,
    currency_code
from warehouse.fact_payment
where amount is not null and reporting_amount is null

union all

select distinct
    'fact_pipeline' as table_name,
    source_system,
    coalesce(opportunity_id, lead_id) as id,
    currency_code
from warehouse.fact_pipeline
where estimated_amount is not null and reporting_amount is null

union all

select distinct
    'fact_campaign_spend' as table_name,
    source_system,
    cast(row_id as varchar) as id,
    currency_code
from warehouse.fact_campaign_spend
where spend_amount is not null and reporting_amount is null

union all

select distinct
    'fact_subscription' as table_name,
    source_system,
    subscription_id as id,
    currency_code
from warehouse.fact_subscription
where monthly_amount is not null and reporting_amount is null
