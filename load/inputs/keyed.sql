-- Question: what do the rows of {table} that make each part of a model add up to?
-- Grain: {key} of {table}. A sum of hashes is the same in whatever order the rows come.
select
    {name} as input,
    cast({key} as bigint) as key,
    count(*) as row_count,
    cast(sum(hash(t)) as varchar) as fingerprint
from {table} as t
where {key} is not null
group by {key}
