-- Question: which currencies are there, and which one do reports use?
-- Grain: currency code: the ISO list and what data mention beside it.
-- Sources: meta.currency, currency codes of the ODS.

with found as (
    select distinct currency_code from ods.order_line
    union
    select distinct currency_code from ods."order"
    union
    select distinct currency_code from ods.invoice
    union
    select distinct currency_code from ods.invoice_line
    union
    select distinct currency_code from ods.payment
    union
    select distinct currency_code from ods.lead
    union
    select distinct currency_code from ods.opportunity
    union
    select distinct currency_code from ods.product
    union
    select distinct currency_code from ods.campaign
    union
    select distinct currency_code from ods.subscription
    union
    select distinct currency_code from ods.subscription_version
    union
    select distinct currency_code from ods.subscription_item
    union
    select company_currency from src.param
)

select
    currency_key,
    currency_code,
    name,
    decimal_places,
    currency_code = (select company_currency from src.param) as is_reporting

from warehouse.meta.currency

union all by name

select
    src.key_of('currency', currency_code) as currency_key,
    currency_code,
    currency_code = (select company_currency from src.param) as is_reporting

from found

where currency_code not in (select currency_code from warehouse.meta.currency)

union all by name

select
    unnest([-1, -2, -3]) as currency_key,
    unnest(['unknown', 'not applicable', 'not yet']) as name
