-- Question: whom and what do tables of their own tie to a lead, an opportunity, a case or an activity?
-- Grain: source system, entity (lead, opportunity, case, activity) and id. Of several, the one that the
-- source calls the main one counts, else the one with the smallest row id; a person before an account.
-- Sources: association.
-- Rows from: ods.association

with told as (
    select
        *,
        (not coalesce(is_primary, false), row_id) as place
    from ods.association
    where not is_deleted
),

tied as (
    select 'lead' as entity, lead_id as id, * from told
    union all
    select 'opportunity', opportunity_id, * from told
    union all
    select 'case', case_id, * from told
    union all
    select 'activity', activity_id, * from told
)

select
    source_system,
    entity,
    id,
    arg_min(source_customer_key, (account_id is not null, place)) filter (where source_customer_key is not null)
        as source_customer_key,
    arg_min(account_id, place) filter (where account_id is not null) as account_id,
    arg_min(lead_id, place) filter (where lead_id is not null) as lead_id,
    arg_min(opportunity_id, place) filter (where opportunity_id is not null) as opportunity_id,
    arg_min(case_id, place) filter (where case_id is not null) as case_id

from tied

where id is not null

group by source_system, entity, id
