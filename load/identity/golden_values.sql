-- Question: which source gave each value of a customer? Grain: field.
select
    field,
    coalesce(value, ''),
    coalesce(source_system, ''),
    coalesce(rule, ''),
    coalesce(source_customer_key, 0)
from ods.idn.golden_value
where customer_key = $1
order by field
