-- Question: on which days may the pipeline look different now?
-- Grain: day.
-- Sources: every day from the first one on which something else moved than before, or that the version before did not
-- have; every day after the as-of day.

with today as (
    select slot.date_key
    from src.moment
    inner join src.time_slot as slot on slot.slot = src.slot(moment.as_of)
),

since as (
    select
        least(
            (select min(key) from scratch.other_input),
            (select max(date_key) from warehouse.fact_pipeline_daily) + 1,
            (select date_key from today) + 1
        ) as date_key
)

select date_key
from warehouse.dim_date
where date_key >= (select date_key from since)

union

select date_key
from warehouse.fact_pipeline_daily
where date_key >= (select date_key from since)
