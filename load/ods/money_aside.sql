-- Question: how much of decimal field $field was set aside?
select coalesce(sum(m.amount), 0)
from aside as a
inner join rejected_money as m on a.reject = m.reject
where a.is_first
    and m.field = $field;
