-- Keeps each refused row whole. Grain: one row.
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
    raw
from aside
where is_first;
