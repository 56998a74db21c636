-- Question: which employee bears a name, as it is written or in plain Latin letters, or an e-mail address?
-- Grain: manner (plain, latin, mail) and spelling. A spelling that several employees bear tells nobody.
-- Sources: employee.

with spelled as (
    select
        employee_id,
        unnest([
            {'manner': 'plain', 'spelling': src.plain(name)},
            {'manner': 'latin', 'spelling': src.latin(name)},
            {'manner': 'mail', 'spelling': lower(trim(email))}
        ], max_depth := 2)
    from ods.employee
    where employee_id is not null and not is_deleted
)

select
    manner,
    spelling,
    min(employee_id) as employee_id

from spelled

where spelling <> ''

group by manner, spelling

having count(distinct employee_id) = 1
