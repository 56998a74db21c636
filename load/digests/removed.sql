-- Question: which rows of the version before does {table} no longer have?
-- Grain: rowid up to {last}, the last of the version before, that {table} lacks;
-- some were lacking before. A scan brings rowids in their order, and a window
-- without an order reads them as they come: what is missing lies between one and
-- the one before it, so that nothing is held but what is found.
create or replace temp table removed_row as
with following as (
    select
        rowid as present,
        lag(rowid, 1, -1) over () as present_before
    from {table}
),

gap as (
    select
        present_before + 1 as first_missing,
        least(present, {last} + 1) as next_present
    from following
    where present > present_before + 1 and present_before < {last}

    union all

    select
        coalesce(max(rowid), -1) + 1,
        {last} + 1
    from {table}
)

select unnest(range(first_missing, next_present)) as missing
from gap
