-- Question: how much was in the pipeline on each day?
-- Grain: day, funnel, stage, sales person and division with something in the stage at the end of the day or
-- moving in or out on it. A pursuit stands in the stage of its last transition of the day, with the owner and
-- the value that it had that evening (before the first state that a source told: those of the first state).
-- Transitions without a time (but for the stage it is in now, which counts from the as-of day), pursuits that
-- closed at an unknown time, and what comes after the as-of day are left out. What is closed counts with its
-- final value.
-- Sources: src.pipeline_turn, dim_date, src.moment.
-- Delta: date_key of warehouse.dim_date
-- Compared: src.pipeline_turn
-- Whole with: warehouse.dim_date
-- Rows from: src.pipeline_turn

with today as (
    select slot.date_key
    from src.moment
    inner join src.time_slot as slot on slot.slot = src.slot(moment.as_of)
),

calendar as (
    select
        date_key,
        row_number() over (order by date_key) as place
    from warehouse.dim_date
    where date_key > 0 and date_key <= (select date_key from today)
),

held as (
    select
        moved.*,
        calendar.place,
        sum(moved.change) over stage_days as open_count,
        sum(moved.amount_change) over stage_days as open_amount,
        lead(calendar.place) over stage_days as next_place
    from src.pipeline_turn as moved
    inner join calendar using (date_key)
    window stage_days as (
        partition by moved.funnel_name, moved.stage_key, moved.employee_key, moved.division order by moved.date_key
    )
),

-- The days that are asked for.
asked as (
    select
        calendar.date_key,
        calendar.place
    from calendar
    semi join affected.dim_date as day using (date_key)
),

-- What is in a stage stays there until the next move.
stayed as (
    select
        *,
        unnest(range(
            greatest(place, (select min(place) from asked)),
            if(open_count > 0, coalesce(next_place, (select max(place) from calendar) + 1), place + 1)
        )) as day_place
    from held
)

select
    asked.date_key,
    stayed.funnel_name,
    stayed.stage_key,
    stayed.employee_key,
    stayed.division,
    cast(stayed.open_count as bigint) as open_count,
    cast(if(stayed.day_place = stayed.place, stayed.opened_count, 0) as bigint) as opened_count,
    cast(if(stayed.day_place = stayed.place, stayed.reopened_count, 0) as bigint) as reopened_count,
    cast(if(stayed.day_place = stayed.place, stayed.moved_in_count, 0) as bigint) as moved_in_count,
    cast(if(stayed.day_place = stayed.place, stayed.moved_out_count, 0) as bigint) as moved_out_count,
    cast(if(stayed.day_place = stayed.place, stayed.closed_count, 0) as bigint) as closed_count,
    cast(if(stayed.day_place = stayed.place, stayed.won_count, 0) as bigint) as won_count,
    cast(stayed.open_amount as decimal(38, 4)) as open_reporting_amount,
    cast(if(stayed.day_place = stayed.place, stayed.closed_amount, 0) as decimal(38, 4)) as closed_reporting_amount,
    cast(if(stayed.day_place = stayed.place, stayed.won_amount, 0) as decimal(38, 4)) as won_reporting_amount

from stayed
inner join asked on asked.place = stayed.day_place
