-- Question: which touches may look different now?
-- Grain: row id of activity.
-- Sources: delivered activities; those whose customer moved; those whose campaign was delivered (its
-- channel); those of which an association was delivered; those whose pursuit is another now than the
-- fact says; those whose employee is described now, or no longer.

select row_id from changed.activity

union

select row_id
from ods.activity
where campaign_id in (
    select campaign_id from ods.campaign where row_id in (select row_id from changed.campaign)
)

union

select row_id
from warehouse.fact_touch
where source_customer_key in (select source_customer_key from changed.moved)

union

select activity.row_id
from ods.activity
semi join (
    select
        source_system,
        activity_id
    from ods.association_version
    where row_id in (select row_id from changed.association)
) as tied
    on tied.source_system = activity.source_system and tied.activity_id = activity.activity_id

union

select fact.row_id
from warehouse.fact_touch as fact
inner join ods.activity on activity.row_id = fact.row_id
inner join src.employee_ref as meant on meant.told_id = activity.employee_id
where fact.employee_key <> meant.employee_key

union

select fact.row_id
from warehouse.fact_touch as fact
inner join ods.activity on activity.row_id = fact.row_id
left join src.tie as tie
    on tie.source_system = activity.source_system
    and tie.entity = 'activity'
    and tie.id = activity.activity_id
left join src.pursuit_of as of_opportunity
    on of_opportunity.source_system = activity.source_system
    and of_opportunity.entity = 'opportunity'
    and of_opportunity.id = coalesce(activity.opportunity_id, tie.opportunity_id)
left join src.pursuit_of as of_lead
    on of_lead.source_system = activity.source_system
    and of_lead.entity = 'lead'
    and of_lead.id = coalesce(activity.lead_id, tie.lead_id)
where fact.pursuit_key <> -2
    and fact.pursuit_key <> coalesce(of_opportunity.pursuit_key, of_lead.pursuit_key, -1)
