-- Question: which customers may look different now?
-- Grain: customer.
-- Sources: customers whose facts changed in this run, before or after; those whose golden record was made anew;
-- those who ordered a product whose cost came.

select customer_key from changed.fact_customer

union

select customer_key from changed.golden

union

select customer_key
from warehouse.fact_order_line
where product_key in (
    select src.key_of('product', product_id) from ods.product where row_id in (select row_id from changed.product)

    union

    select src.key_of('product', product_id) from ods.product_version where row_id in (select row_id from changed.product)
)
