-- Question: how many staged rows of a late delivery belong between states that
-- are known already?
-- Grain: one row: the count. A row of which nothing was told since is the newest
-- of its kind, and one that says what is known of its moment ({states}: the
-- states of each row) changes nothing. One with a version of its own is put in
-- its place whenever it comes.
select count(*)
from verdict as v
inner join {ods} as o on v.row_id = o.row_id
where not v.is_versioned
    and o.received_at > v.effective_at
    and not (o.content_hash = v.content_hash and o.effective_at <= v.effective_at)
    and not exists (
        select 1 from {states} as h
        where h.row_id = v.row_id and h.effective_at = v.effective_at and h.content_hash = v.content_hash
    )
