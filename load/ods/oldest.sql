-- Question: how many of the rows that this snapshot lacks are older, by
-- {moment}, than each row of its list that stays? {scope}: row o is of that list.
-- Grain: row of {ods} that is about to be removed.
select count(*)
from missing
where {moment} < (
    select min(o.{moment})
    from {ods} as o
    anti join missing using (row_id)
    where o.feed_name = $feed
        and o.object_name = $object
        and {scope}
        and not coalesce(o.is_deleted, false)
);
