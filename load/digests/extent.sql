-- Question: which rows of {table} are old, which are new?
-- Grain: one row. Sources: {table} of the build, {before}, the same table of
-- the version that the build is a copy of. In a build, a row keeps its rowid
-- as long as it stays as it is (no checkpoint before the end, no UPDATE of a
-- column that counts), and new rows come behind the old ones.
with extent as (
    select
        count(*) as rows_before,
        coalesce(max(rowid), -1) as last_rowid
    from {before}
)
select
    rows_before,
    last_rowid,
    (select count(*) from {table} where rowid <= last_rowid) as rows_kept,
    (select count(*) from {table} where rowid > last_rowid) as rows_added
from extent
