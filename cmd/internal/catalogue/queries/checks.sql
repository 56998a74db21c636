-- Question: what did the checks of the last run find?
select
    check_name,
    severity,
    question,
    cast(row_count as varchar)

from meta.check_result

order by row_count = 0, severity, check_name
