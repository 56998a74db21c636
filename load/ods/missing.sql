-- Question: which rows of the ODS table {ods} does this snapshot no longer
-- hold? {scope}: row o is of the list that it is the whole of. {refused}: it is
-- not among the refused ones.
-- Grain: row of {ods}, as it is once it is marked deleted.
create or replace temp table missing as
select o.* replace (true as is_deleted, $delivered_at as effective_at, $delivered_at as received_at)
from {ods} as o
anti join verdict as v on o.row_id = v.row_id
where o.feed_name = $feed
    and o.object_name = $object
    and {scope}
    and {refused}
    and not coalesce(o.is_deleted, false);
