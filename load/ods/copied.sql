-- Question: of which delivered files with open refused rows is this delivery a
-- whole copy? It holds every row that was loaded from the file, and no fewer
-- rows than it had ($rows). Grain: one file or sheet. Sources: quarantine.row,
-- verdict, the ODS table {ods}. A copy of a copy is one of the first file.
create or replace temp table copied as
with open_rows as (
    select
        q.origin_key as file_key,
        count(*) as rows_refused
    from ods.quarantine.row as q
    inner join warehouse.meta.delivery as d on q.file_key = d.file_key
    where q.feed = $feed
        and q.object = $object
        and not q.is_settled
        and d.delivered_at <= $delivered_at
    group by q.origin_key
),
held as (
    select
        o.file_key,
        count(*) as rows_loaded,
        count(v.row_id) as rows_held
    from {ods} as o
    left join (select distinct row_id from verdict) as v on o.row_id = v.row_id
    where o.file_key in (select file_key from open_rows)
        and o.feed_name = $feed
        and o.object_name = $object
    group by o.file_key
)
select
    h.file_key,
    h.rows_held
from held as h
inner join open_rows as r on h.file_key = r.file_key
where h.rows_held = h.rows_loaded
    and $rows >= h.rows_loaded + r.rows_refused;
