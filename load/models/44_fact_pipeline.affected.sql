-- Question: which pursuits may look different now?
-- Grain: pursuit.
-- Sources: those of which something else is told than before; those whose moves changed; those in a foreign currency
-- from the day of a rate that came; all of their customers, now and before (which win was the first?).

with own as (
    select key as pursuit_key from scratch.other_input

    union

    select pursuit_key from changed.fact_stage_event

    union

    select fact.pursuit_key
    from warehouse.fact_pipeline as fact
    cross join src.param
    cross join src.changed_rate as since
    where fact.currency_code <> param.company_currency and fact.created_date_key >= since.date_key
),

customer as (
    select customer_key from src.pursuit where customer_key > 0 and pursuit_key in (select pursuit_key from own)
    union
    select customer_key from warehouse.fact_pipeline where customer_key > 0 and pursuit_key in (select pursuit_key from own)
)

select pursuit_key from own

union

select pursuit_key from src.pursuit where customer_key in (select customer_key from customer)
