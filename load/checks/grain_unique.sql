-- Question: Does every dimension and fact hold one row for each thing it says it holds?
-- Severity: error
-- Grain: table and key.
-- Sources: every dimension and fact.

select
    'fact_order_line' as table_name,
    cast(row_id as varchar) as key,
    count(*) as row_count
from warehouse.fact_order_line
group by row_id
having count(*) > 1

union all

select
    'fact_invoice_line' as table_name,
    cast(row_id as varchar) as key,
    count(*) as row_count
from warehouse.fact_invoice_line
group by row_id
having count(*) > 1

union all

select
    'fact_payment' as table_name,
    cast(row_id as varchar) as key,
    count(*) as row_count
from warehouse.fact_payment
group by row_id
having count(*) > 1

union all

select
    'fact_touch' as table_name,
    cast(row_id as varchar) as key,
    count(*) as row_count
from warehouse.fact_touch
group by row_id
having count(*) > 1

union all

select
    'fact_web_event' as table_name,
    cast(row_id as varchar) as key,
    count(*) as row_count
from warehouse.fact_web_event
group by row_id
having count(*) > 1

union all

select
    'fact_stage_event' as table_name,
    pursuit_key || '/' || event_number as key,
    count(*) as row_count
from warehouse.fact_stage_event
group by pursuit_key, event_number
having count(*) > 1

union all

select
    'fact_pipeline' as table_name,
    cast(pursuit_key as varchar) as key,
    count(*) as row_count
from warehouse.fact_pipeline
group by pursuit_key
having count(*) > 1

union all

select
    'fact_online_funnel' as table_name,
    cast(session_key as varchar) as key,
    count(*) as row_count
from warehouse.fact_online_funnel
group by session_key
having count(*) > 1

union all

select
    'dim_customer' as table_name,
    cast(customer_key as varchar) as key,
    count(*) as row_count
from warehouse.dim_customer
group by customer_key
having count(*) > 1

union all

select
    'dim_customer_history' as table_name,
    customer_key || '/' || version_number as key,
    count(*) as row_count
from warehouse.dim_customer_history
group by customer_key, version_number
having count(*) > 1

union all

select
    'dim_date' as table_name,
    cast(date_key as varchar) as key,
    count(*) as row_count
from warehouse.dim_date
group by date_key
having count(*) > 1

union all

select
    'dim_product' as table_name,
    cast(product_key as varchar) as key,
    count(*) as row_count
from warehouse.dim_product
group by product_key
having count(*) > 1

union all

select
    'dim_campaign' as table_name,
    cast(campaign_key as varchar) as key,
    count(*) as row_count
from warehouse.dim_campaign
group by campaign_key
having count(*) > 1

union all

select
    'dim_channel' as table_name,
    cast(channel_key as varchar) as key,
    count(*) as row_count
from warehouse.dim_channel
group by channel_key
having count(*) > 1

union all

select
    'dim_employee' as table_name,
    cast(employee_key as varchar) as key,
    count(*) as row_count
from warehouse.dim_employee
group by employee_key
having count(*) > 1

union all

select
    'dim_funnel_stage' as table_name,
    cast(stage_key as varchar) as key,
    count(*) as row_count
from warehouse.dim_funnel_stage
group by stage_key
having count(*) > 1

union all

select
    'dim_currency' as table_name,
    cast(currency_key as varchar) as key,
    count(*) as row_count
from warehouse.dim_currency
group by currency_key
having count(*) > 1

union all

select
    'customer_key_map' as table_name,
    cast(old_customer_key as varchar) as key,
    count(*) as row_count
from warehouse.customer_key_map
group by old_customer_key
having count(*) > 1

union all

select
    'dim_product' as table_name,
    cast(product_id as varchar) as key,
    count(*) as row_count
from warehouse.dim_product
where product_id is not null
group by product_id
having count(*) > 1

union all

select
    'dim_campaign' as table_name,
    cast(campaign_id as varchar) as key,
    count(*) as row_count
from warehouse.dim_campaign
where campaign_id is not null
group by campaign_id
having count(*) > 1

union all

select
    'dim_employee' as table_name,
    cast(employee_id as varchar) as key,
    count(*) as row_count
from warehouse.dim_employee
where employee_id is not null
group by employee_id
having count(*) > 1

union all

select
    'dim_currency' as table_name,
    cast(currency_code as varchar) as key,
    count(*) as row_count
from warehouse.dim_currency
where currency_code is not null
group by currency_code
having count(*) > 1

union all

select
    'fact_order_fulfilment' as table_name,
    cast(fulfilment_key as varchar) as key,
    count(*) as row_count
from warehouse.fact_order_fulfilment
group by fulfilment_key
having count(*) > 1

union all

select
    'fact_campaign_member' as table_name,
    cast(member_key as varchar) as key,
    count(*) as row_count
from warehouse.fact_campaign_member
group by member_key
having count(*) > 1

union all

select
    'fact_campaign_spend' as table_name,
    cast(row_id as varchar) as key,
    count(*) as row_count
from warehouse.fact_campaign_spend
group by row_id
having count(*) > 1

union all

select
    'fact_target' as table_name,
    cast(row_id as varchar) as key,
    count(*) as row_count
from warehouse.fact_target
group by row_id
having count(*) > 1

union all

select
    'fact_profitability' as table_name,
    cast(row_id as varchar) as key,
    count(*) as row_count
from warehouse.fact_profitability
group by row_id
having count(*) > 1

union all

select
    'fact_case' as table_name,
    cast(row_id as varchar) as key,
    count(*) as row_count
from warehouse.fact_case
group by row_id
having count(*) > 1

union all

select
    'fact_reply' as table_name,
    cast(reply_key as varchar) as key,
    count(*) as row_count
from warehouse.fact_reply
group by reply_key
having count(*) > 1

union all

select
    'fact_inventory_daily' as table_name,
    cast(row_id as varchar) as key,
    count(*) as row_count
from warehouse.fact_inventory_daily
group by row_id
having count(*) > 1

union all

select
    'fact_survey_response' as table_name,
    cast(row_id as varchar) as key,
    count(*) as row_count
from warehouse.fact_survey_response
group by row_id
having count(*) > 1

union all

select
    'fact_subscription' as table_name,
    row_id || '/' || term_number as key,
    count(*) as row_count
from warehouse.fact_subscription
group by row_id, term_number
having count(*) > 1

union all

select
    'fact_receivable' as table_name,
    cast(row_id as varchar) as key,
    count(*) as row_count
from warehouse.fact_receivable
group by row_id
having count(*) > 1

union all

select
    'fact_pipeline_daily' as table_name,
    date_key || '/' || funnel_name || '/' || stage_key || '/' || employee_key || '/' || coalesce(division, '') as key,
    count(*) as row_count
from warehouse.fact_pipeline_daily
group by date_key, funnel_name, stage_key, employee_key, division
having count(*) > 1

union all

select
    'fact_customer_month' as table_name,
    customer_key || '/' || month_date_key as key,
    count(*) as row_count
from warehouse.fact_customer_month
group by customer_key, month_date_key
having count(*) > 1

union all

select
    'fact_attribution' as table_name,
    conversion_key || '/' || touch_number as key,
    count(*) as row_count
from warehouse.fact_attribution
group by conversion_key, touch_number
having count(*) > 1

union all

select
    'dim_account' as table_name,
    cast(account_key as varchar) as key,
    count(*) as row_count
from warehouse.dim_account
group by account_key
having count(*) > 1

union all

select
    'dim_address' as table_name,
    cast(address_key as varchar) as key,
    count(*) as row_count
from warehouse.dim_address
group by address_key
having count(*) > 1

union all

select
    'dim_org_unit' as table_name,
    cast(org_unit_key as varchar) as key,
    count(*) as row_count
from warehouse.dim_org_unit
group by org_unit_key
having count(*) > 1

union all

select
    'dim_touchpoint' as table_name,
    cast(touchpoint_key as varchar) as key,
    count(*) as row_count
from warehouse.dim_touchpoint
group by touchpoint_key
having count(*) > 1

union all

select
    'customer_attribute' as table_name,
    customer_key || '/' || attribute_name as key,
    count(*) as row_count
from warehouse.customer_attribute
group by customer_key, attribute_name
having count(*) > 1
