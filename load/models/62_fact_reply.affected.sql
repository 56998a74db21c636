-- Question: which questions may look different now?
-- Grain: row id of activity or case.
-- Sources: touches that changed, before and after; what they answer; touches of their id; what a customer
-- asked whom the company spoke to; cases that changed, with what was said in them.

select row_id from changed.fact_touch

union

select touch.row_id
from warehouse.fact_touch as touch
semi join (
    select
        source_system,
        activity_id
    from changed.fact_touch

    union

    select
        source_system,
        replies_to_activity_id
    from changed.fact_touch
) as named
    on named.source_system = touch.source_system and named.activity_id = touch.activity_id

union

select row_id
from warehouse.fact_touch
where direction = 'in'
    and source_customer_key in (
        select source_customer_key from changed.fact_touch where direction = 'out' and source_customer_key <> -1
    )

union

select row_id from changed.fact_case

union

select touch.row_id
from warehouse.fact_touch as touch
semi join changed.fact_case as served
    on served.source_system = touch.source_system and served.case_id = touch.case_id
