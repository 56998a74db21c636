-- Keeps the amount in {column} of each refused row of the stage table {stage}.
insert into rejected_money
select
    r.reject,
    $field as field,
    cast(s.{column} as decimal(38, 4)) as amount
from refused as r
inner join {stage} as s on r.stage_rowid = s.rowid
where s.{column} is not null;
