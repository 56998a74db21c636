-- Question: which staged rows are to be quarantined after all, and why?
-- Grain: one staged row. Source: the stage table {stage}.
select
    s.file_key,
    s.source_row,
    v.verdict,
    cast(to_json(s) as varchar) as raw,
    v.stage_rowid
from verdict as v
inner join {stage} as s on v.stage_rowid = s.rowid
where v.verdict in ('conflict', 'unique')
order by s.file_key, s.source_row;
