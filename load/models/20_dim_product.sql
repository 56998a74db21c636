-- Question: which products are there, and where do they stand in the brand hierarchy?
-- Grain: product id. Ids that only facts name get a row too, marked as inferred, so that a
-- product feed that comes late changes no fact.
-- Sources: product, product ids of order_line, invoice_line, web_event, fulfilment, inventory, profitability,
-- subscription and subscription_item.

with described as (
    select *
    from ods.product
    where product_id is not null and not is_deleted
    qualify row_number() over (partition by product_id order by effective_at desc, row_id) = 1
),

named as (
    select product_id, description from ods.order_line
    union all
    select product_id, description from ods.invoice_line
    union all
    select product_id, null from ods.web_event
    union all
    select product_id, null from ods.fulfilment
    union all
    select product_id, null from ods.inventory
    union all
    select product_id, null from ods.profitability
    union all
    select product_id, plan from ods.subscription
    union all
    select product_id, null from ods.subscription_version
    union all
    select product_id, null from ods.subscription_item
),

inferred as (
    select
        product_id,
        max(description) as name
    from named
    where product_id is not null
    group by product_id
)

select
    src.key_of('product', product_id) as product_key,
    product_id,
    coalesce(described.name, inferred.name) as name,
    described.brand,
    described.brand_family,
    described.category,
    described.product_line,
    described.division,
    described.unit_price,
    described.unit_cost,
    described.currency_code,
    described.is_download,
    described.status,
    described.row_id is null as is_inferred

from described
full join inferred using (product_id)

union all by name

select
    unnest([-1, -2, -3]) as product_key,
    unnest(['(unknown)', '(not applicable)', '(not yet)']) as name,
    false as is_inferred
