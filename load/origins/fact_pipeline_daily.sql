-- Question: which pursuits stood in the stage, or moved in or out of it, on the day?
-- Grain: row of the fact and pursuit. A pursuit that was handed over counts for each sales person and division
-- that a source named for it.
-- Through: fact_pipeline by pursuit_key

with state as (
    select pursuit.pursuit_key, state.employee_id, state.employee_name, state.division
    from ods.lead_version as state
    inner join warehouse.fact_pipeline as pursuit using (source_system, lead_id)

    union

    select pursuit.pursuit_key, state.employee_id, state.employee_name, state.division
    from ods.opportunity_version as state
    inner join warehouse.fact_pipeline as pursuit using (source_system, opportunity_id)
),

owner as (
    select pursuit_key, employee_key, division
    from warehouse.fact_pipeline

    union

    select
        state.pursuit_key,
        coalesce(employee.employee_key, called.employee_key, -2),
        coalesce(state.division, employee.division, called.division)
    from state
    left join warehouse.dim_employee as employee on employee.employee_id = state.employee_id
    left join warehouse.dim_employee as called
        on lower(trim(called.name)) = lower(trim(if(state.employee_id is null, state.employee_name, null)))
),

stay as (
    select
        pursuit_key,
        stage_key,
        entered_date_key,
        if(exited_date_key < 0, 99999999, exited_date_key) as exited_date_key
    from warehouse.fact_stage_event
    where entered_date_key > 0
)

select distinct
    asked.fact_row,
    stay.pursuit_key

from asked
inner join stay
    on stay.stage_key = asked.stage_key
    and asked.date_key between stay.entered_date_key and stay.exited_date_key
inner join owner
    on owner.pursuit_key = stay.pursuit_key
    and owner.employee_key = asked.employee_key
    and owner.division is not distinct from asked.division
