-- Question: what are the customers called? Grain: customer.
select
    customer_key,
    coalesce(display_name, '') as display_name
from ods.idn.golden_customer
where is_current
order by customer_key
