-- Adds every state that the stage table {stage} tells to the version table
-- {versions}, unless the state is known already. One that was overruled in its own
-- delivery without a version never held.
insert into {versions} (
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
where v.verdict in ('loaded', 'superseded')
    and v.is_state
    and not exists (
        select 1 from {versions} as o
        where o.row_id = v.row_id and o.effective_at = v.effective_at and o.content_hash = v.content_hash
            and o.is_deleted = {ended}
    );
