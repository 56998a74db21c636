-- Puts the refused staged rows beside those that broke their contract.
insert into rejected
select
    reject,
    pending,
    file_key,
    sheet,
    source_row,
    raw,
    copy,
    row_id
from refused;
