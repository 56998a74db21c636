-- Question: Has every customer exactly one current version, and do the versions follow each other without gap or overlap?
-- Severity: error
-- Grain: customer.
-- Sources: dim_customer_history, dim_customer.

with version as (
    select
        customer_key,
        version_number,
        is_current,
        valid_to,
        lead(valid_from) over (partition by customer_key order by version_number) as next_from,
        lead(version_number) over (partition by customer_key order by version_number) as next_number
    from warehouse.dim_customer_history
)

select
    customer_key,
    'not exactly one current version' as fault
from version
group by customer_key
having count(*) filter (where is_current) <> 1

union all

select
    customer_key,
    'gap, overlap or end before the start of the next version' as fault
from version
where next_number is not null and valid_to is distinct from next_from

union all

select
    customer_key,
    'current version is not the last one' as fault
from version
where is_current and next_number is not null

union all

select
    coalesce(customer.customer_key, history.customer_key),
    'in dim_customer or its history only' as fault
from warehouse.dim_customer as customer
full join (
    select customer_key from warehouse.dim_customer_history where is_current
) as history using (customer_key)
where customer.customer_key is null or history.customer_key is null
