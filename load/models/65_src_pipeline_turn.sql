-- Question: what moved in the pipeline on each day?
-- Grain: day, funnel, stage, sales person and division with something moving in or out, or worth more or less.
-- Which moves count, and whose they are, see fact_pipeline_daily.
-- Sources: fact_stage_event, fact_pipeline, src.pursuit_state, meta.funnel_stage, src.moment.
-- Rows from: warehouse.fact_pipeline

with today as (
    select slot.date_key
    from src.moment
    inner join src.time_slot as slot on slot.slot = src.slot(moment.as_of)
),

-- A stage that nobody dates is that of today, and not before the pursuit begins; what is open stays in it.
dated as (
    select
        event.pursuit_key,
        event.stage_key,
        event.event_number,
        if(
            event.is_last and event.entered_at is null,
            greatest(today.date_key, pursuit.created_date_key),
            event.entered_date_key
        ) as date_key,
        pursuit.closed_date_key
    from warehouse.fact_stage_event as event
    inner join warehouse.fact_pipeline as pursuit using (pursuit_key)
    cross join today
    where pursuit.created_date_key > 0
),

-- A pursuit stays closed from the day it was closed on: histories may be out of order.
evening as (
    select
        pursuit_key,
        date_key,
        arg_max(stage_key, event_number) as stage_key
    from dated
    where date_key > 0 and (closed_date_key = -3 or date_key < closed_date_key)
    group by pursuit_key, date_key

    union all

    select
        pursuit_key,
        closed_date_key,
        current_stage_key
    from warehouse.fact_pipeline
    where closed_date_key > 0
),

-- Days on which a pursuit entered a stage, or changed its owner or value.
changed as (
    select
        pursuit_key,
        date_key,
        max(stage_key) as stage_key,
        max(state) as state
    from (
        select
            pursuit_key,
            date_key,
            stage_key
        from evening

        union all by name

        select
            pursuit_key,
            date_key,
            {
                'employee_key': employee_key, 'division': division, 'amount': coalesce(reporting_amount, 0)
            } as state
        from src.pursuit_state
    )
    group by pursuit_key, date_key
),

filled as (
    select
        pursuit_key,
        date_key,
        last_value(stage_key ignore nulls) over so_far as stage_key,
        coalesce(
            last_value(state ignore nulls) over so_far,
            first_value(state ignore nulls) over from_here
        ) as state
    from changed
    window
        so_far as (
            partition by pursuit_key order by date_key rows between unbounded preceding and current row
        ),
        from_here as (
            partition by pursuit_key order by date_key rows between current row and unbounded following
        )
),

standing as (
    select
        filled.pursuit_key,
        filled.date_key,
        filled.stage_key,
        coalesce(stage.outcome, 'open') = 'open' as is_open,
        coalesce(stage.outcome = 'won', false) as is_won,
        pursuit.funnel_name,
        filled.state.employee_key as employee_key,
        filled.state.division as division,
        filled.state.amount as amount,
        coalesce(pursuit.reporting_amount, 0) as final_amount
    from filled
    inner join warehouse.fact_pipeline as pursuit using (pursuit_key)
    left join warehouse.meta.funnel_stage as stage on stage.stage_key = filled.stage_key
    where filled.stage_key is not null and filled.date_key <= (select date_key from today)
),

step as (
    select
        *,
        lag(stage_key) over pursuit_days as stage_before,
        lag(is_open) over pursuit_days as was_open,
        lag(employee_key) over pursuit_days as employee_before,
        lag(division) over pursuit_days as division_before,
        lag(amount) over pursuit_days as amount_before
    from standing
    window pursuit_days as (partition by pursuit_key order by date_key)
),

turn as (
    select
        *,
        coalesce(was_open, false) as left_open,
        was_open is null as is_first,
        coalesce(was_open, false) and (
            employee_before <> employee_key or division_before is distinct from division
        ) as is_handed_over
    from step
),

-- What leaves the stage, the owner and the value of the day before, and what stands there in the evening. A
-- pursuit that is handed over on the day it closes is closed by its new owner.
movement as (
    select
        date_key,
        funnel_name,
        stage_key,
        employee_key,
        division,
        1 as change,
        cast(is_first as integer) as opened,
        cast(not is_first and not left_open as integer) as reopened,
        cast(left_open and (stage_before <> stage_key or is_handed_over) as integer) as moved_in,
        0 as moved_out,
        0 as closed,
        0 as won,
        amount as amount_change,
        final_amount
    from turn
    where is_open

    union all

    select
        date_key,
        funnel_name,
        stage_before,
        employee_before,
        division_before,
        -1,
        0,
        0,
        0,
        cast(is_handed_over or (is_open and stage_before <> stage_key) as integer),
        cast(not is_open and not is_handed_over as integer),
        cast(is_won and not is_handed_over as integer),
        -amount_before,
        final_amount
    from turn
    where left_open

    union all

    select
        date_key,
        funnel_name,
        if(is_first, stage_key, stage_before),
        employee_key,
        division,
        0,
        cast(is_first as integer),
        0,
        cast(is_handed_over as integer),
        0,
        1,
        cast(is_won as integer),
        0,
        final_amount
    from turn
    where not is_open and (is_first or is_handed_over)
)

select
    date_key,
    funnel_name,
    stage_key,
    employee_key,
    division,
    sum(change) as change,
    sum(opened) as opened_count,
    sum(reopened) as reopened_count,
    sum(moved_in) as moved_in_count,
    sum(moved_out) as moved_out_count,
    sum(closed) as closed_count,
    sum(won) as won_count,
    sum(amount_change) as amount_change,
    sum(closed * final_amount) as closed_amount,
    sum(won * final_amount) as won_amount

from movement

group by date_key, funnel_name, stage_key, employee_key, division
