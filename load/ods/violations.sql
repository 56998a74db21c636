-- Question: which rows broke their contract, where and why?
-- Grain: one broken rule of one row, once where several objects of the row
-- break it. $5: only open ones, as in rejected_row. A
-- row is settled by a later delivery that tells it rightly (see settle.sql), and
-- when its file was replaced (models/37_src_replaced_file.sql).
with replaced as (
    {replaced}
)
select
    r.feed,
    r.object,
    r.file,
    r.sheet,
    r.source_row,
    v.cell,
    v.column_name,
    v.rule,
    v.reason,
    v.value,
    r.raw
from ods.quarantine.row as r
inner join ods.quarantine.violation as v on r.reject_id = v.reject_id
where ($1 = '' or r.feed = $1)
    and ($2 = '' or v.rule = $2)
    and ($4 = 0 or r.run_id = $4)
    and (not $5 or not r.is_settled and r.file_key not in (select file_key from replaced))
qualify row_number() over (
    partition by r.feed, r.file_key, r.sheet, r.source_row, v.cell, v.column_name, v.rule, v.reason, v.value
    order by r.object
) = 1
order by r.feed, r.file, r.sheet, r.source_row, v.column_name, v.rule
limit $3
