-- Question: which staged rows are to be quarantined after all, and why?
-- Grain: one staged row. Sources: verdict, the stage table {stage}.
create or replace temp table refused as
with rows as (
    select
        v.stage_rowid,
        v.verdict,
        v.row_id,
        s.file_key,
        s.source_row,
        cast({row} as varchar) as raw
    from verdict as v
    inner join {stage} as s on v.stage_rowid = s.rowid
    where v.verdict in ('conflict', 'unique')
)
select
    $first + row_number() over (order by r.file_key, r.source_row, r.stage_rowid) as reject,
    $pending as pending,
    r.file_key,
    coalesce(f.sheet, '') as sheet,
    r.source_row,
    r.raw,
    row_number() over (partition by r.file_key, r.source_row, r.raw order by r.stage_rowid) - 1 as copy,
    r.row_id,
    r.stage_rowid,
    r.verdict
from rows as r
left join changed.file as f on r.file_key = f.file_key;
