-- Question: which unit of the company is meant by a name at a level?
-- Grain: level (division, department, team) and name as delivered. A name that several units of a level bear
-- in the feed of units means none of them, and stands for a unit of its own.
-- Sources: org_unit, names of units in employee, lead, opportunity, product, campaign, target and profitability.

with found as (
    select distinct 'division' as level, division as name from ods.employee
    union
    select distinct 'team', team from ods.employee
    union
    select distinct 'division', division from ods.lead
    union
    select distinct 'division', division from ods.opportunity
    union
    select distinct 'division', division from ods.product
    union
    select distinct 'division', division from ods.campaign
    union
    select distinct 'division', division from ods.target
    union
    select distinct 'team', team from ods.target
    union
    select distinct 'division', division from ods.profitability
    union
    -- A division that only the units' feed names, where one bears the name.
    select
        'division',
        min(name)
    from ods.org_unit
    where src.plain(type) = 'division' and not is_deleted
    group by src.plain(name)
    having count(distinct org_unit_id) = 1
)

select
    level,
    name,
    src.key_of('org unit', level || chr(31) || src.plain(name)) as org_unit_key

from found

where name is not null
