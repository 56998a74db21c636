-- Question: how many minutes of business have passed at each moment that facts mention?
-- Grain: quarter of an hour of src.time_slot. Minutes are counted from the first day of dim_date.
-- Sources: src.time_slot, dim_date, src.param.

with days as (
    select
        dim_date.date_key,
        dim_date.is_business_day,
        coalesce(
            sum(if(dim_date.is_business_day, param.closes_at - param.opens_at, 0)) over (
                order by dim_date.date_key
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as minutes_before
    from warehouse.dim_date as dim_date
    cross join src.param
    where dim_date.date_key > 0
)

select
    time_slot.slot,
    cast(days.minutes_before as bigint) as minutes_before,
    days.is_business_day,
    time_slot.minute_of_day,
    param.opens_at,
    param.closes_at

from src.time_slot
inner join days using (date_key)
cross join src.param
