-- Question: which rows broke their contract, where and why?
-- Grain: one broken rule of one row.
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
order by r.feed, r.file, r.sheet, r.source_row, v.column_name, v.rule
limit $3
