-- Question: Was more given back for an order than was paid for it?
-- Severity: warn
-- Grain: order and currency; orders without any payment are left out, since theirs may not be delivered.
-- Sources: fact_payment.
-- Delta: order_id of warehouse.fact_payment

select
    order_id,
    currency_code,
    sum(amount) filter (where not is_refund) as paid_amount,
    -sum(amount) filter (where is_refund) as refunded_amount

from warehouse.fact_payment

where order_id is not null and not is_failed

group by order_id, currency_code

having sum(amount) < 0 and bool_or(not is_refund)
