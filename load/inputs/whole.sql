-- Question: what do the rows of {table} add up to?
-- Grain: one row, under key 0: all parts of the model hang on all rows.
select
    {name} as input,
    cast(0 as bigint) as key,
    count(*) as row_count,
    cast(coalesce(sum(hash(t)), 0) as varchar) as fingerprint
from {table} as t
