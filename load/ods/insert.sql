-- Adds rows of the stage table {stage} to the ODS table {ods}: the current
-- state of each row.
insert into {ods} (
    row_id, occurrence, is_exact_duplicate, feed_name, object_name, source_system, received_at, effective_at{deleted_name}, {names}
)
select
    v.row_id,
    v.occurrence,
    v.occurrence > 1,
    $feed,
    $object,
    $system,
    $delivered_at,
    v.effective_at{deleted_value},
    {expressions}
from verdict as v
inner join {stage} as s on v.stage_rowid = s.rowid
where v.verdict = 'loaded';
