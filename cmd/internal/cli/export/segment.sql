-- Question: which of the selected customers may be written to, and under which record of the system?
-- Grain: selected customer.
-- Sources: the segment's query as segment_query, dim_customer, customer_overview, ods.customer, idn.source_record.

with chosen as (
    select distinct cast(customer_key as bigint) as customer_key
    from segment_query
),

record as (
    select
        record.customer_key,
        party.source_customer_key,
        party.source_system,
        party.customer_id
    from ods.customer as party
    inner join ods.idn.source_record as record using (source_customer_key)
    where not party.is_deleted and party.customer_id is not null
        and party.source_system = coalesce(nullif('{system}', ''), party.source_system)
    qualify row_number() over (partition by record.customer_key order by party.source_customer_key) = 1
)

select
    chosen.customer_key,
    coalesce(customer.is_opted_out, false) or coalesce(overview.refusal_count, 0) > 0 as is_refusing,
    record.source_customer_key,
    record.source_system,
    record.customer_id,
    customer.display_name,
    customer.email,
    customer.phone

from chosen
inner join dim_customer as customer on customer.customer_key = chosen.customer_key and chosen.customer_key > 0
left join customer_overview as overview on overview.customer_key = chosen.customer_key
left join record on record.customer_key = chosen.customer_key

order by chosen.customer_key
