-- Keeps the amounts of the refused rows. Grain: one decimal field of one row.
insert into ods.quarantine.money by name
select
    a.reject_id,
    m.field,
    m.amount
from aside as a
inner join rejected_money as m on a.reject = m.reject
where a.is_first;
