-- Question: which pursuit does a lead or an opportunity belong to?
-- Grain: source system, entity (lead or opportunity) and id.
-- Sources: src.pursuit.
-- Rows from: src.pursuit

select
    source_system,
    'lead' as entity,
    lead_id as id,
    pursuit_key

from src.pursuit

where lead_id is not null

union all

select
    source_system,
    'opportunity',
    opportunity_id,
    pursuit_key

from src.pursuit

where opportunity_id is not null
