-- Question: Does every attribution model give each sale exactly its value, in shares of one whole?
-- Severity: error
-- Grain: sale.
-- Sources: fact_attribution, fact_order_line, fact_pipeline.
-- Delta: conversion_key of warehouse.fact_attribution

select
    cast(conversion_key as varchar) as key,
    'shares' as fault
from warehouse.fact_attribution
group by conversion_key
having sum(first_weight) <> 1000000
    or sum(last_weight) <> 1000000
    or sum(linear_weight) <> 1000000
    or sum(time_decay_weight) <> 1000000
    or sum(position_weight) <> 1000000
    or sum(first_reporting_amount) <> max(reporting_amount)
    or sum(last_reporting_amount) <> max(reporting_amount)
    or sum(linear_reporting_amount) <> max(reporting_amount)
    or sum(time_decay_reporting_amount) <> max(reporting_amount)
    or sum(position_reporting_amount) <> max(reporting_amount)

union all

select
    'all orders' as key,
    'revenue' as fault
where (
    select sum(linear_reporting_amount) from warehouse.fact_attribution where conversion_kind = 'order'
) is distinct from (
    select sum(reporting_amount) from warehouse.fact_order_line where not is_cancelled and order_id is not null
)

union all

select
    'all won pursuits' as key,
    'revenue' as fault
where (
    select sum(linear_reporting_amount) from warehouse.fact_attribution where conversion_kind = 'won pursuit'
) is distinct from (
    select sum(pursuit.reporting_amount)
    from warehouse.fact_pipeline as pursuit
    anti join (
        select
            source_system,
            opportunity_id,
            customer_key
        from warehouse.fact_order_line
        where opportunity_id is not null and order_id is not null and not is_cancelled
    ) as ordered
        on ordered.source_system = pursuit.source_system
        and ordered.opportunity_id = pursuit.opportunity_id
        and ordered.customer_key = pursuit.customer_key
    where pursuit.is_won
)
