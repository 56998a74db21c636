-- Question: which refused rows does the object have, and what are they called?
-- Grain: one reject as staged; is_first marks one for each row. Equal rows
-- are numbered on, also over earlier deliveries. $nested: rows share places.
create or replace temp table aside as
with rows as (
    select
        reject,
        file_key,
        sheet,
        source_row,
        raw,
        row_id,
        min(reject) over (
            partition by file_key, source_row, raw, case when $nested then copy else 0 end
        ) as first_reject
    from rejected
    where pending = $pending
),
numbered as (
    select
        reject,
        raw,
        row_number() over (partition by raw order by file_key, source_row, reject) - 1 as copy
    from rows
    where reject = first_reject
),
known as (
    select
        q.raw,
        count(*) as copies
    from ods.quarantine.row as q
    semi join numbered as n on q.raw = n.raw
    where q.feed = $feed
        and q.object = $object
    group by q.raw
)
select
    r.reject,
    r.reject = r.first_reject as is_first,
    cast(md5_number_lower($feed || chr(2) || $object || chr(2) || n.raw) >> 2 as bigint) + coalesce(k.copies, 0) + n.copy as reject_id,
    r.file_key,
    r.sheet,
    r.source_row,
    r.raw,
    r.row_id
from rows as r
inner join numbered as n on r.first_reject = n.reject
left join known as k on n.raw = k.raw;
