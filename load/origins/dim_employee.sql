-- Question: which delivered row describes the employee?
select
    asked.fact_row,
    'employee' as part,
    employee.file_key,
    employee.source_row
from asked
inner join ods.employee using (employee_id)
where not employee.is_deleted
qualify row_number() over (partition by asked.fact_row order by employee.effective_at desc, employee.row_id) = 1;

-- Question: where none does, which rows name the employee, by id or by name?
with named as (
    select 'order' as part, employee_id, null as name, file_key, source_row from ods."order"
    union all
    select 'lead', employee_id, employee_name, file_key, source_row from ods.lead
    union all
    select 'lead', employee_id, employee_name, file_key, source_row from ods.lead_version
    union all
    select 'opportunity', employee_id, employee_name, file_key, source_row from ods.opportunity
    union all
    select 'opportunity', employee_id, employee_name, file_key, source_row from ods.opportunity_version
    union all
    select 'activity', employee_id, null, file_key, source_row from ods.activity
    union all
    select 'stage_event', employee_id, null, file_key, source_row from ods.stage_event
    union all
    select 'account', employee_id, null, file_key, source_row from ods.account
    union all
    select 'case', employee_id, null, file_key, source_row from ods."case"
    union all
    select 'employee below', manager_employee_id, null, file_key, source_row from ods.employee
)

select distinct
    asked.fact_row,
    named.part,
    named.file_key,
    named.source_row

from asked
inner join named
    on coalesce('id ' || named.employee_id, 'name ' || lower(trim(named.name)))
        = coalesce('id ' || asked.employee_id, 'name ' || lower(trim(asked.name)))

where asked.is_inferred
