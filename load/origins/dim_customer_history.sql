-- Question: which delivered records of the customer were known at the end of the version's time?
-- Grain: version and record in one of its states.

with state as (
    select source_customer_key, effective_at, file_key, source_row from ods.customer_version
    union
    select source_customer_key, effective_at, file_key, source_row from ods.customer
)

select
    asked.fact_row,
    'record' as part,
    state.file_key,
    state.source_row

from asked
inner join ods.idn.source_record as record using (customer_key)
inner join state using (source_customer_key)

where asked.valid_to is null or state.effective_at < asked.valid_to
