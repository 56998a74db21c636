-- Question: which staged rows repeat a value that must be unique in a delivery?
-- Grain: one row id. Source: the stage table {stage}.
update verdict set verdict = 'unique'
from (
    select s.rowid as stage_rowid
    from {stage} as s
    where s.{column} in (
        select {column} from {stage}
        where {column} is not null
        group by {column}
        having count(distinct row_id) > 1
    )
) as broken
where verdict.stage_rowid = broken.stage_rowid and verdict.verdict = 'loaded';
