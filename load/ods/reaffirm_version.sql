-- Adds states that began anew to the version table {versions}.
insert into {versions} by name
select o.*
from {ods} as o
semi join (
    select row_id from verdict where verdict = 'superseded' and is_known and is_later
) as v on o.row_id = v.row_id
anti join {versions} as h
    on o.row_id = h.row_id and o.effective_at = h.effective_at and o.content_hash = h.content_hash
        and o.is_deleted = h.is_deleted;
