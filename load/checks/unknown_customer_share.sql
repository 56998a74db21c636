-- Question: Does more than one row in ten of a fact lack its customer?
-- Severity: warn
-- Grain: fact.
-- Sources: facts about known parties; web events are left out, since visitors may be anonymous.

with share as (
    select
        'fact_order_line' as table_name,
        count(*) as row_count,
        count(*) filter (where customer_key = -1) as unknown_count
    from warehouse.fact_order_line

    union all

    select
        'fact_invoice_line' as table_name,
        count(*) as row_count,
        count(*) filter (where customer_key = -1) as unknown_count
    from warehouse.fact_invoice_line

    union all

    select
        'fact_payment' as table_name,
        count(*) as row_count,
        count(*) filter (where customer_key = -1) as unknown_count
    from warehouse.fact_payment

    union all

    select
        'fact_touch' as table_name,
        count(*) as row_count,
        count(*) filter (where customer_key = -1) as unknown_count
    from warehouse.fact_touch

    union all

    select
        'fact_pipeline' as table_name,
        count(*) as row_count,
        count(*) filter (where customer_key = -1) as unknown_count
    from warehouse.fact_pipeline
)

select
    table_name,
    unknown_count,
    row_count

from share

where 10 * unknown_count > row_count
