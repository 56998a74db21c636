-- Question: of how many refused rows of this delivery is the key not known?
-- Grain: refused row; rows of totals, headings and notes are none. Sources: aside, rejected_violation.
select count(*)
from aside
where is_first
    and row_id is null
    and reject not in (select reject from rejected_violation where rule in ('totals.difference', 'row.no_record'))
