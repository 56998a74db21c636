-- Question: Does every fact name the customer that its source customer belongs to now?
-- Severity: error
-- Grain: fact and source customer.
-- Sources: facts, idn.source_record.

select distinct
    'fact_order_line' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_order_line as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)

union all

select distinct
    'fact_invoice_line' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_invoice_line as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)

union all

select distinct
    'fact_payment' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_payment as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)

union all

select distinct
    'fact_touch' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_touch as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)

union all

select distinct
    'fact_web_event' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_web_event as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)

union all

select distinct
    'fact_pipeline' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_pipeline as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)

union all

select distinct
    'fact_stage_event' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_stage_event as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)

union all

select distinct
    'fact_order_fulfilment' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_order_fulfilment as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)

union all

select distinct
    'fact_campaign_member' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_campaign_member as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)

union all

select distinct
    'fact_profitability' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_profitability as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1) and fact.source_customer_key <> -2

union all

select distinct
    'fact_case' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_case as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)

union all

select distinct
    'fact_reply' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_reply as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)

union all

select distinct
    'fact_survey_response' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_survey_response as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)

union all

select distinct
    'fact_receivable' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_receivable as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)

union all

select distinct
    'fact_attribution' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_attribution as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)

union all

select distinct
    'fact_online_funnel' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_online_funnel as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)

union all

select distinct
    'fact_subscription' as table_name,
    fact.source_customer_key,
    fact.customer_key
from warehouse.fact_subscription as fact
left join ods.idn.source_record as record using (source_customer_key)
where fact.customer_key <> coalesce(record.customer_key, -1)
