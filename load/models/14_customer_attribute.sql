-- Question: what do the sources tell of each customer that no field holds, of what the settings ask for?
-- Grain: customer and attribute. The newest record that tells it counts.
-- Sources: customer, idn.source_record, src.promoted.

with told as (
    select
        record.customer_key,
        promoted.attribute_name,
        json_extract_string(
            party.attributes, '/' || replace(replace(promoted.attribute_name, '~', '~0'), '/', '~1')
        ) as attribute_value,
        party.source_system,
        party.effective_at,
        party.row_id
    from ods.customer as party
    inner join ods.idn.source_record as record using (source_customer_key)
    cross join src.promoted
    where party.attributes is not null and not coalesce(party.is_deleted, false)
)

select
    customer_key,
    attribute_name,
    attribute_value,
    source_system

from told

where attribute_value is not null

qualify row_number() over (
    partition by customer_key, attribute_name
    order by effective_at desc, row_id
) = 1
