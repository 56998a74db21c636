-- Keeps the rules that the refused rows broke. Grain: one rule of one row.
insert into ods.quarantine.violation by name
select
    a.reject_id,
    v.code,
    v.rule,
    v.column_name,
    v.cell,
    v.reason,
    v.value
from aside as a
inner join rejected_violation as v on a.reject = v.reject;
