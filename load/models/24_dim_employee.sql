-- Question: who works for the company, in which team and division, for whom?
-- Grain: employee id, or name where a source has no id. Those that only facts name are marked as inferred.
-- Sources: employee, src.employee_ref, src.employee_name, src.org_unit_name, dim_org_unit.

with described as (
    select *
    from ods.employee
    where employee_id is not null and not is_deleted
    qualify row_number() over (partition by employee_id order by effective_at desc, row_id) = 1
),

named as (
    select distinct employee_id
    from src.employee_ref
)

select
    src.key_of('employee', employee_id) as employee_key,
    employee_id,
    described.name,
    described.email,
    described.job_title,
    described.team,
    unit.department,
    coalesce(described.division, unit.division) as division,
    coalesce(team.org_unit_key, division.org_unit_key, -2) as org_unit_key,
    coalesce(manager.employee_key, -2) as manager_employee_key,
    described.hired_on,
    described.left_on,
    described.row_id is null as is_inferred

from described
full join named using (employee_id)
left join src.employee_ref as manager on manager.told_id = described.manager_employee_id
left join src.org_unit_name as team on team.level = 'team' and team.name = described.team
left join src.org_unit_name as division on division.level = 'division' and division.name = described.division
left join warehouse.dim_org_unit as unit on unit.org_unit_key = coalesce(team.org_unit_key, division.org_unit_key)

union all by name

select
    employee_key,
    min(name) as name,
    -2 as org_unit_key,
    -2 as manager_employee_key,
    true as is_inferred

from src.employee_name

where employee_id is null

group by employee_key

union all by name

select
    unnest([-1, -2, -3]) as employee_key,
    unnest(['(unknown)', '(not applicable)', '(not yet)']) as name,
    -2 as org_unit_key,
    -2 as manager_employee_key,
    false as is_inferred
