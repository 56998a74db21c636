-- Question: which records are a customer? Grain: record.
select
    s.source_customer_key,
    coalesce(any_value(c.source_system), ''),
    coalesce(any_value(c.customer_id), ''),
    s.customer_key,
    coalesce(any_value(s.household_key), 0)
from ods.idn.source_record as s
left join ods.customer as c on s.source_customer_key = c.source_customer_key
where s.{key} = $1
group by s.source_customer_key, s.customer_key
order by s.source_customer_key
