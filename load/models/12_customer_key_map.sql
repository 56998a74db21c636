-- Question: which customer does an old customer number mean today?
-- Grain: number that was merged into another or retired.
-- Sources: idn.customer_key_map.

select
    old_customer_key,
    customer_key,
    reason

from ods.idn.customer_key_map
