-- Question: which rows does {table} have too many, which does it lack?
-- Grain: one row of {table} that src.next has not (old), or one of src.next
-- that {table} has not (new). Rows are the same where all columns are.
create or replace table src.difference as
select
    t.rowid as old,
    n.rowid as new
from {table} as t
full join src.next as n
    on {same}
where t.rowid is null
    or n.rowid is null
