-- Question: which delivered row describes the product?
select
    asked.fact_row,
    'product' as part,
    product.file_key,
    product.source_row
from asked
inner join ods.product using (product_id)
where not product.is_deleted
qualify row_number() over (partition by asked.fact_row order by product.effective_at desc, product.row_id) = 1;

-- Question: where none does, which rows name it?
with named as (
    select 'order_line' as part, product_id, file_key, source_row from ods.order_line
    union all
    select 'invoice_line', product_id, file_key, source_row from ods.invoice_line
    union all
    select 'web_event', product_id, file_key, source_row from ods.web_event
    union all
    select 'fulfilment', product_id, file_key, source_row from ods.fulfilment
    union all
    select 'inventory', product_id, file_key, source_row from ods.inventory
    union all
    select 'profitability', product_id, file_key, source_row from ods.profitability
)

select
    asked.fact_row,
    named.part,
    named.file_key,
    named.source_row

from asked
inner join named using (product_id)

where asked.is_inferred
