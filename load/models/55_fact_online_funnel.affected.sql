-- Question: which sessions may look different now?
-- Grain: session.
-- Sources: sessions of web events that changed, before and after; sessions of orders of which a state, a
-- payment or a fulfilment changed, and of the other orders of their customers (the next one is a repeat);
-- sessions whose customer moved. An order of another system is found by its id alone.

with touched as (
    select
        source_system,
        order_id,
        session_id,
        source_customer_key
    from ods."order"
    where row_id in (select row_id from changed."order")
        or source_customer_key in (select source_customer_key from changed.moved)

    union all

    select
        source_system,
        order_id,
        session_id,
        source_customer_key
    from ods.order_version
    where row_id in (select row_id from changed."order")
),

-- A customer who lost a record, or is no more, had its golden record made anew.
buyer as (
    select party.customer_key
    from ods.idn.source_record as party
    where party.source_customer_key in (select source_customer_key from touched)

    union

    select customer_key from changed.golden
),

named as (
    select order_id from touched

    union

    select order_id from changed.fact_payment

    union

    select order_id
    from ods.fulfilment
    where row_id in (select row_id from changed.fulfilment)

    union

    -- What it fulfilled before; that fact is made later.
    select order_id
    from warehouse.fact_order_fulfilment
    where row_id in (select row_id from changed.fulfilment)

    union

    select order_id
    from src.order_one
    where customer_key in (select customer_key from buyer)
)

select session_key from changed.fact_web_event

union

select session_key
from warehouse.fact_web_event
where order_id in (select order_id from named)

union

select session.session_key
from src.session
semi join (
    select
        source_system,
        session_id
    from touched

    union

    select
        source_system,
        session_id
    from src.order_one
    where order_id in (select order_id from named)
) as header using (source_system, session_id)

union

select session_key
from warehouse.fact_online_funnel
where order_id in (select order_id from named)
    or source_customer_key in (select source_customer_key from changed.moved)
