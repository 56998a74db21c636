-- Question: how much was in the pipeline on each day?
-- Grain: day, funnel, stage, sales person and division with something in the stage at the end of the day or
-- moving in or out on it. A pursuit stands in the stage of its last transition of the day; transitions without
-- a time, pursuits that closed at an unknown time, and what comes after the as-of day are left out.
-- Sources: fact_stage_event, fact_pipeline, meta.funnel_stage, dim_date, src.param.

with today as (
    select slot.date_key
    from src.param
    inner join src.time_slot as slot on slot.slot = src.slot(param.as_of)
),

-- A pursuit stays closed from the day it was closed on: histories may be out of order.
evening as (
    select
        event.pursuit_key,
        event.entered_date_key as date_key,
        arg_max(event.stage_key, event.event_number) as stage_key
    from warehouse.fact_stage_event as event
    inner join warehouse.fact_pipeline as pursuit using (pursuit_key)
    where event.entered_date_key > 0
        and (not pursuit.is_closed or event.entered_date_key < pursuit.closed_date_key)
    group by event.pursuit_key, event.entered_date_key

    union all

    select
        pursuit_key,
        closed_date_key,
        current_stage_key
    from warehouse.fact_pipeline
    where closed_date_key > 0
),

standing as (
    select
        evening.pursuit_key,
        evening.date_key,
        evening.stage_key,
        coalesce(stage.outcome, 'open') = 'open' as is_open,
        coalesce(stage.outcome = 'won', false) as is_won
    from evening
    left join warehouse.meta.funnel_stage as stage using (stage_key)
    where evening.date_key <= (select date_key from today)
),

step as (
    select
        standing.*,
        lag(standing.stage_key) over pursuit_days as stage_before,
        lag(standing.is_open) over pursuit_days as was_open,
        pursuit.funnel_name,
        pursuit.employee_key,
        pursuit.division,
        coalesce(pursuit.reporting_amount, 0) as amount
    from standing
    inner join warehouse.fact_pipeline as pursuit using (pursuit_key)
    window pursuit_days as (partition by standing.pursuit_key order by standing.date_key)
),

-- Where a pursuit came from, and where it went to, on each day on which its stage changed.
movement as (
    select
        date_key,
        funnel_name,
        stage_key,
        employee_key,
        division,
        cast(is_open as integer) as change,
        cast(was_open is null as integer) as opened,
        cast(is_open and was_open = false as integer) as reopened,
        cast(is_open and was_open as integer) as moved_in,
        0 as moved_out,
        cast(not is_open and was_open is null as integer) as closed,
        cast(is_won and was_open is null as integer) as won,
        amount
    from step
    where stage_before is distinct from stage_key and (is_open or was_open is null)

    union all

    select
        date_key,
        funnel_name,
        stage_before,
        employee_key,
        division,
        -1,
        0,
        0,
        0,
        cast(is_open as integer),
        cast(not is_open as integer),
        cast(is_won as integer),
        amount
    from step
    where was_open and stage_before <> stage_key
),

moved as (
    select
        date_key,
        funnel_name,
        stage_key,
        employee_key,
        division,
        sum(change) as change,
        sum(opened) as opened_count,
        sum(coalesce(reopened, 0)) as reopened_count,
        sum(coalesce(moved_in, 0)) as moved_in_count,
        sum(moved_out) as moved_out_count,
        sum(closed) as closed_count,
        sum(won) as won_count,
        sum(change * amount) as amount_change,
        sum(closed * amount) as closed_amount,
        sum(won * amount) as won_amount
    from movement
    group by date_key, funnel_name, stage_key, employee_key, division
),

held as (
    select
        *,
        sum(change) over stage_days as open_count,
        sum(amount_change) over stage_days as open_amount,
        lead(date_key) over stage_days as next_date_key
    from moved
    window stage_days as (partition by funnel_name, stage_key, employee_key, division order by date_key)
)

select
    days.date_key,
    held.funnel_name,
    held.stage_key,
    held.employee_key,
    held.division,
    cast(held.open_count as bigint) as open_count,
    cast(if(days.date_key = held.date_key, held.opened_count, 0) as bigint) as opened_count,
    cast(if(days.date_key = held.date_key, held.reopened_count, 0) as bigint) as reopened_count,
    cast(if(days.date_key = held.date_key, held.moved_in_count, 0) as bigint) as moved_in_count,
    cast(if(days.date_key = held.date_key, held.moved_out_count, 0) as bigint) as moved_out_count,
    cast(if(days.date_key = held.date_key, held.closed_count, 0) as bigint) as closed_count,
    cast(if(days.date_key = held.date_key, held.won_count, 0) as bigint) as won_count,
    cast(held.open_amount as decimal(38, 4)) as open_reporting_amount,
    cast(if(days.date_key = held.date_key, held.closed_amount, 0) as decimal(38, 4)) as closed_reporting_amount,
    cast(if(days.date_key = held.date_key, held.won_amount, 0) as decimal(38, 4)) as won_reporting_amount

from held
inner join warehouse.dim_date as days
    on days.date_key >= held.date_key
    and (days.date_key = held.date_key or held.open_count > 0)
    and days.date_key < coalesce(held.next_date_key, 99999999)
    and days.date_key <= (select date_key from today)
