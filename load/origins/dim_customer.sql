-- Question: which delivered records are the customer, and which fields does each give?
-- Grain: customer and record.

with given as (
    select customer_key, source_customer_key, string_agg(field, ', ' order by field) as fields
    from ods.idn.golden_value
    group by customer_key, source_customer_key
)

select
    asked.fact_row,
    coalesce('gives ' || given.fields, 'gives nothing') as part,
    party.file_key,
    party.source_row

from asked
inner join ods.idn.source_record as record using (customer_key)
inner join ods.customer as party using (source_customer_key)
left join given using (customer_key, source_customer_key)

where not coalesce(party.is_deleted, false)
