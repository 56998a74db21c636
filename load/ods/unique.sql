-- Question: which staged rows repeat a {value} that must be unique in a delivery?
-- States that are older than another of the same key do not count.
-- Grain: one staged row. Sources: verdict, the stage table {stage}.
update verdict set verdict = 'unique'
from (
    select stage_rowid
    from (
        select
            v.stage_rowid,
            min(s.row_id) over (partition by {value}) <> max(s.row_id) over (partition by {value}) as is_shared
        from verdict as v
        inner join {stage} as s on v.stage_rowid = s.rowid
        where {value} is not null
            and v.verdict in ('loaded', 'redelivered', 'unique')
    )
    where is_shared
) as broken
where verdict.stage_rowid = broken.stage_rowid
    and verdict.verdict = 'loaded';
