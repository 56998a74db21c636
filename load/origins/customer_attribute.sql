-- Question: which delivered record tells the attribute? The newest that does.
-- Grain: attribute.

select
    asked.fact_row,
    'record' as part,
    party.file_key,
    party.source_row

from asked
inner join ods.idn.source_record as record using (customer_key)
inner join ods.customer as party using (source_customer_key)

where not coalesce(party.is_deleted, false)
    and json_extract_string(
        party.attributes, '/' || replace(replace(asked.attribute_name, '~', '~0'), '/', '~1')
    ) is not null

qualify row_number() over (partition by asked.fact_row order by party.effective_at desc, party.row_id) = 1
