-- Question: whose was each pursuit, and what was it worth, at the end of each day on which that changed?
-- Grain: pursuit and day. What the opportunity says beats what its lead says, as in src.pursuit. Money is
-- converted at the rate of the day on which the pursuit began, as in fact_pipeline.
-- Sources: lead and opportunity with all their states, src.pursuit, fact_pipeline, dim_employee, src.employee_ref, src look-ups.
-- Rows from: src.pursuit

with lead_state as (
    select source_system, lead_id as id, row_id, effective_at, employee_id, employee_name, division, estimated_amount as amount, currency_code
    from ods.lead_version
    where not is_deleted
    union
    select source_system, lead_id, row_id, effective_at, employee_id, employee_name, division, estimated_amount, currency_code
    from ods.lead
    where not is_deleted
),

deal_state as (
    select source_system, opportunity_id as id, row_id, effective_at, employee_id, employee_name, division, amount, currency_code
    from ods.opportunity_version
    where not is_deleted
    union
    select source_system, opportunity_id, row_id, effective_at, employee_id, employee_name, division, amount, currency_code
    from ods.opportunity
    where not is_deleted
),

told as (
    select
        pursuit.pursuit_key,
        state.effective_at,
        state.row_id,
        state as of_lead,
        null as of_deal
    from src.pursuit
    inner join lead_state as state
        on state.source_system = pursuit.source_system and state.id = pursuit.lead_id

    union all

    select
        pursuit.pursuit_key,
        state.effective_at,
        state.row_id,
        null,
        state
    from src.pursuit
    inner join deal_state as state
        on state.source_system = pursuit.source_system and state.id = pursuit.opportunity_id
),

-- Both sides as they stood at each change of either.
known as (
    select
        told.pursuit_key,
        told.effective_at,
        told.row_id,
        last_value(told.of_lead ignore nulls) over so_far as l,
        last_value(told.of_deal ignore nulls) over so_far as o
    from told
    window so_far as (
        partition by told.pursuit_key
        order by told.effective_at, told.row_id, told.of_lead, told.of_deal
        rows between unbounded preceding and current row
    )
),

evening as (
    select
        known.pursuit_key,
        slot.date_key,
        arg_max(
            {'l': known.l, 'o': known.o}, (known.effective_at, known.row_id, known.l, known.o)
        ) as state
    from known
    inner join src.time_slot as slot on slot.slot = src.slot(known.effective_at)
    group by known.pursuit_key, slot.date_key
),

said as (
    select
        pursuit_key,
        date_key,
        if(coalesce(state.o.employee_id, state.o.employee_name) is not null, state.o, state.l) as owner,
        coalesce(state.o.division, state.l.division) as division,
        coalesce(state.o.amount, state.l.amount) as amount,
        coalesce(
            if(state.o.amount is null, state.l.currency_code, state.o.currency_code),
            state.l.currency_code,
            state.o.currency_code
        ) as currency_code
    from evening
)

select
    said.pursuit_key,
    said.date_key,
    coalesce(employee.employee_key, -2) as employee_key,
    coalesce(said.division, employee.division) as division,
    case
        when coalesce(said.currency_code, param.company_currency) = param.company_currency then said.amount
        else src.converted(said.amount, rate.numerator, rate.denominator)
    end as reporting_amount

from said
cross join src.param
inner join warehouse.fact_pipeline as pursuit using (pursuit_key)
left join src.employee_name as called
    on called.name = if(said.owner.employee_id is null, said.owner.employee_name, null)
left join src.employee_ref as meant on meant.told_id = said.owner.employee_id
left join warehouse.dim_employee as employee
    on employee.employee_key = coalesce(meant.employee_key, called.employee_key)
left join src.rate_day as rate
    on rate.currency_code = said.currency_code and rate.date_key = pursuit.created_date_key

union all

-- Of what only its stage history tells of, no state is told.
select
    pursuit.pursuit_key,
    pursuit.created_date_key,
    pursuit.employee_key,
    pursuit.division,
    pursuit.reporting_amount

from warehouse.fact_pipeline as pursuit
inner join src.pursuit as source using (pursuit_key)

where source.lead_row_id is null and source.opportunity_row_id is null and pursuit.created_date_key > 0
