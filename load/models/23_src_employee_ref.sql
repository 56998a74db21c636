-- Question: which employee does the id of a row stand for?
-- Grain: employee id as delivered. It stands for the employee described under it, else for the one who is called so
-- or has that e-mail address: many sources write names where others have ids. What no employee bears stands for itself.
-- Sources: employee, src.employee_spelling, employee ids of order, lead, opportunity, activity, stage_event, account,
-- case, subscription and target.

with described as (
    select distinct employee_id
    from ods.employee
    where employee_id is not null and not is_deleted
),

named as (
    select employee_id from described
    union
    select employee_id from ods."order"
    union
    select employee_id from ods.lead
    union
    select employee_id from ods.lead_version
    union
    select employee_id from ods.opportunity
    union
    select employee_id from ods.opportunity_version
    union
    select employee_id from ods.activity
    union
    select employee_id from ods.stage_event
    union
    select employee_id from ods.account
    union
    select employee_id from ods."case"
    union
    select employee_id from ods.subscription
    union
    select employee_id from ods.subscription_version
    union
    select manager_employee_id from ods.employee where not is_deleted
),

-- Whom only targets name is an employee where others describe or name one.
told as (
    select employee_id, true as is_named from named
    union all
    select distinct employee_id, false from ods.target anti join named using (employee_id)
),

meant as (
    select
        told.employee_id as told_id,
        told.is_named,
        coalesce(described.employee_id, written.employee_id, latin.employee_id, mail.employee_id) as borne_by
    from told
    left join described using (employee_id)
    left join src.employee_spelling as written
        on written.manner = 'plain' and written.spelling = src.plain(told.employee_id)
    left join src.employee_spelling as latin
        on latin.manner = 'latin' and latin.spelling = src.latin(told.employee_id)
    left join src.employee_spelling as mail
        on mail.manner = 'mail' and mail.spelling = lower(trim(told.employee_id))
    where told.employee_id is not null
)

select
    told_id,
    coalesce(borne_by, told_id) as employee_id,
    src.key_of('employee', coalesce(borne_by, told_id)) as employee_key,
    src.latin(told_id) as spelling

from meant

where is_named or borne_by is not null
