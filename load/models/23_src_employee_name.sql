-- Question: which employee is meant where a source gives a name instead of an id?
-- Grain: name as delivered. It means who bears it as it is written, else who bears it in plain Latin letters; a
-- name that no employee bears, or several do, stands for whom other rows name so in place of an id, else for a
-- person of its own, however it is accented.
-- Sources: src.employee_spelling, src.employee_ref, employee names of lead and opportunity in all their states.

with found as (
    select distinct employee_name as name from ods.lead
    union
    select distinct employee_name from ods.lead_version
    union
    select distinct employee_name from ods.opportunity
    union
    select distinct employee_name from ods.opportunity_version
),

as_id as (
    select
        spelling,
        min(employee_id) as employee_id
    from src.employee_ref
    where spelling <> '' and employee_id = told_id
    group by spelling
    having count(*) = 1
),

borne as (
    select
        found.name,
        coalesce(written.employee_id, latin.employee_id, as_id.employee_id) as employee_id
    from found
    left join src.employee_spelling as written
        on written.manner = 'plain' and written.spelling = src.plain(found.name)
    left join src.employee_spelling as latin
        on latin.manner = 'latin' and latin.spelling = src.latin(found.name)
    left join as_id on as_id.spelling = src.latin(found.name)
    where found.name is not null
)

select
    name,
    employee_id,
    coalesce(
        src.key_of('employee', employee_id),
        src.key_of('employee name', coalesce(nullif(src.latin(name), ''), name))
    ) as employee_key

from borne
