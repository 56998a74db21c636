-- Keeps each refused row whole. Grain: one row. One that comes late is settled
-- at once where the ODS table {ods} knows its key from a newer delivery.
insert into ods.quarantine.row by name
select
    reject_id,
    $run as run_id,
    $feed as feed,
    $object as object,
    file_key,
    $file as file,
    sheet,
    source_row,
    raw,
    row_id,
    coalesce((select file_key from copied order by rows_held desc, file_key limit 1), file_key) as origin_key,
    row_id in (select o.row_id from {ods} as o where o.received_at > $delivered_at) is true as is_settled
from aside
where is_first;
