-- Question: which employee is meant where a source gives a name instead of an id?
-- Grain: name as delivered. A name that no employee bears, or several do, stands for a person of its own.
-- Sources: employee, employee names of lead and opportunity in all their states.

with found as (
    select distinct employee_name as name from ods.lead
    union
    select distinct employee_name from ods.lead_version
    union
    select distinct employee_name from ods.opportunity
    union
    select distinct employee_name from ods.opportunity_version
),

borne as (
    select
        src.plain(name) as plain_name,
        min(employee_id) as employee_id
    from ods.employee
    where employee_id is not null and not is_deleted
    group by src.plain(name)
    having count(distinct employee_id) = 1
)

select
    found.name,
    borne.employee_id,
    coalesce(
        src.key_of('employee', borne.employee_id),
        src.key_of('employee name', src.plain(found.name))
    ) as employee_key

from found
left join borne on borne.plain_name = src.plain(found.name)

where found.name is not null
