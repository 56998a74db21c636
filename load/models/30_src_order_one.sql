-- Question: what is the state of each order?
-- Grain: source system and order id; where two feeds of a system tell of one order, the newer state counts.
-- Sources: order.

select
    source_system,
    order_id,
    row_id,
    source_customer_key,
    visitor_id,
    session_id,
    campaign_id,
    channel,
    employee_id,
    touchpoint,
    status,
    currency_code,
    country_code,
    coalesce(is_cancelled, false) as is_cancelled,
    ordered_at

from ods."order"

where order_id is not null and not is_deleted

qualify row_number() over (
    partition by source_system, order_id
    order by effective_at desc, row_id
) = 1
