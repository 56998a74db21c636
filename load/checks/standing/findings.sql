-- Question: what did the checks find when they were last asked?
-- Grain: check that found rows.
-- Sources: meta.check_result.

select
    check_name,
    question,
    severity,
    cast(row_count as varchar),
    sample

from warehouse.meta.check_result

where row_count > 0

order by check_name
