-- Question: which delivered row was refused?
-- Grain: rejected row.

select
    asked.fact_row,
    'refused' as part,
    refused.file_key,
    refused.source_row

from asked
inner join ods.quarantine.row as refused using (reject_id)
