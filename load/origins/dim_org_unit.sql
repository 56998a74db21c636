-- Question: which delivered row describes the unit?
select
    asked.fact_row,
    'org_unit' as part,
    unit.file_key,
    unit.source_row
from asked
inner join ods.org_unit as unit using (org_unit_id)
where not unit.is_deleted
qualify row_number() over (partition by asked.fact_row order by unit.effective_at desc, unit.row_id) = 1;

-- Question: where none does, which rows name it?
with named as (
    select 'employee' as part, 'division' as level, division as name, file_key, source_row from ods.employee
    union all
    select 'employee', 'team', team, file_key, source_row from ods.employee
    union all
    select 'lead', 'division', division, file_key, source_row from ods.lead
    union all
    select 'opportunity', 'division', division, file_key, source_row from ods.opportunity
    union all
    select 'product', 'division', division, file_key, source_row from ods.product
    union all
    select 'campaign', 'division', division, file_key, source_row from ods.campaign
    union all
    select 'target', 'division', division, file_key, source_row from ods.target
    union all
    select 'target', 'team', team, file_key, source_row from ods.target
    union all
    select 'profitability', 'division', division, file_key, source_row from ods.profitability
)

select
    asked.fact_row,
    named.part,
    named.file_key,
    named.source_row

from asked
inner join named on named.level = asked.level and lower(trim(named.name)) = lower(trim(asked.name))

where asked.is_inferred
