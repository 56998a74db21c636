-- Question: which cases may look different now?
-- Grain: row id of case.
-- Sources: delivered cases, and those of their ids, now or before; those of touches that changed; those of which an
-- association was delivered; those whose customer moved.

with told as (
    select
        source_system,
        case_id
    from ods."case"
    where row_id in (select row_id from changed."case")

    union

    select
        source_system,
        case_id
    from ods.case_version
    where row_id in (select row_id from changed."case")

    union

    select
        source_system,
        case_id
    from changed.fact_touch

    union

    select
        source_system,
        case_id
    from ods.association_version
    where row_id in (select row_id from changed.association)

    union

    select
        source_system,
        case_id
    from ods.association
    where row_id in (select row_id from changed.association)
)

select row_id from changed."case"

union

select row_id
from ods."case"
semi join told using (source_system, case_id)

union

select row_id
from warehouse.fact_case
where source_customer_key in (select source_customer_key from changed.moved)
