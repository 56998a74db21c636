-- Question: which rows of {table}, where {part}, are too many, which does it lack?
-- Grain: one row of {table} that scratch.next has not (old), or one of scratch.next
-- that {table} has not (new). Rows are the same where both hashes of all their
-- columns are: 128 bits, so that no two of them meet by chance.
create or replace table scratch.difference as
select
    t.old,
    n.new
from (
    select
        rowid as old,
        hash({columns}) as forwards,
        hash({reversed}) as backwards
    from {table}
    where {part}
) as t
full join (
    select
        rowid as new,
        hash({columns}) as forwards,
        hash({reversed}) as backwards
    from scratch.next
) as n
    on t.forwards = n.forwards and t.backwards = n.backwards
where t.old is null
    or n.new is null
