-- Question: what does a sales person have in hand, and what is to be done next?
-- Grain: open pursuit, or refused row that waits for a correction.
-- Sources: fact_pipeline, rejected_row, fact_stage_event, dim_employee, dim_customer, customer_overview, about.

with today as (
    select
        as_of,
        cast(timezone(company_time_zone, as_of) as date) as today
    from about
)

select
    if(pursuit.employee_key > 0, coalesce(employee.name, employee.employee_id), '(none)') as sales_person,
    employee.team,
    coalesce(pursuit.division, employee.division) as division,
    'pursuit' as kind,
    coalesce(pursuit.opportunity_id, pursuit.lead_id) as pursuit_id,
    pursuit.customer_key,
    customer.display_name as customer_name,
    stage.name as stage_name,
    cast((epoch_us(today.as_of) - epoch_us(event.entered_at)) // 86400000000 as integer) as days_in_stage,
    pursuit.reporting_amount as amount,
    pursuit.probability_percent,
    expected."date" as expected_close_on,
    spoken."date" as last_spoken_on,
    case
        -- To leap a stage or to go back is how deals go; many sources know no such stage.
        when pursuit.is_impossible or pursuit.illegal_count > pursuit.skip_count + pursuit.regression_count
            then 'correct the history in the source'
        when expected."date" < today.today then 'expected close has passed: close it or set a new date'
        when customer.is_opted_out then 'the customer refused marketing: speak only about this pursuit'
        when spoken."date" is null and stage.step_number <= 1 then 'make first contact'
        when date_diff('day', spoken."date", today.today) > 30 then 'speak again: more than 30 days of silence'
        when stage.step_number <= 2 then 'make an appointment'
        when stage.step_id = 'meet' then 'present the solution'
        when stage.step_id = 'presentation' then 'make an offer'
        else 'follow up and close'
    end as next_step,
    cast(null as varchar) as place,
    cast(null as varchar) as problem,
    pursuit.source_system,
    pursuit.pursuit_key

from fact_pipeline as pursuit
left join dim_employee as employee using (employee_key)
left join dim_customer as customer on customer.customer_key = pursuit.customer_key
left join dim_funnel_stage as stage on stage.stage_key = pursuit.current_stage_key
left join fact_stage_event as event on event.pursuit_key = pursuit.pursuit_key and event.is_last
left join dim_date as expected on expected.date_key = pursuit.expected_close_date_key
left join customer_overview as overview on overview.customer_key = pursuit.customer_key
left join dim_date as spoken on spoken.date_key = if(overview.customer_key > 0, overview.last_two_way_date_key, null)
cross join today

where not pursuit.is_closed

union all by name

-- Refused rows of selling, and all that name an employee.
select
    if(refused.employee_key > 0, coalesce(employee.name, employee.employee_id), '(none)') as sales_person,
    employee.team,
    employee.division,
    'refused row' as kind,
    'correct the row in its source and deliver it again' as next_step,
    refused.place,
    coalesce(refused.columns || ': ', '') || refused.reason as problem,
    refused.source_system

from rejected_row as refused
left join dim_employee as employee using (employee_key)

where refused.employee_key > 0 or refused.entity in ('lead', 'opportunity', 'stage_event', 'activity')
