-- Question: Does every customer number that was given up lead to a customer of today, and is none of them in use?
-- Severity: error
-- Grain: given-up customer number.
-- Sources: customer_key_map, dim_customer.

select
    map.old_customer_key,
    'leads nowhere' as fault
from warehouse.customer_key_map as map
anti join warehouse.dim_customer as customer using (customer_key)
where map.reason <> 'retired'

union all

select
    map.old_customer_key,
    'still in use' as fault
from warehouse.customer_key_map as map
semi join warehouse.dim_customer as customer on customer.customer_key = map.old_customer_key
where map.old_customer_key <> map.customer_key
