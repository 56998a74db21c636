-- Question: which parts of a model are made of something else than in the version before?
-- Grain: input and key.
create or replace table scratch.other_input as
select
    input,
    key
from (
    select * exclude (model)
    from warehouse.meta.model_input
    where model = {model}
) as kept
full join scratch.input as now using (input, key)
where kept.row_count is distinct from now.row_count
    or kept.fingerprint is distinct from now.fingerprint
