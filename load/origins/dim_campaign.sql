-- Question: which delivered row describes the campaign?
select
    asked.fact_row,
    'campaign' as part,
    campaign.file_key,
    campaign.source_row
from asked
inner join ods.campaign using (campaign_id)
where not campaign.is_deleted
qualify row_number() over (partition by asked.fact_row order by campaign.effective_at desc, campaign.row_id) = 1;

-- Question: where none does, which rows name it?
with named as (
    select 'order' as part, campaign_id, file_key, source_row from ods."order"
    union all
    select 'lead', campaign_id, file_key, source_row from ods.lead
    union all
    select 'opportunity', campaign_id, file_key, source_row from ods.opportunity
    union all
    select 'activity', campaign_id, file_key, source_row from ods.activity
    union all
    select 'web_event', campaign_id, file_key, source_row from ods.web_event
    union all
    select 'campaign_member', campaign_id, file_key, source_row from ods.campaign_member
    union all
    select 'campaign_spend', campaign_id, file_key, source_row from ods.campaign_spend
    union all
    select 'fulfilment', campaign_id, file_key, source_row from ods.fulfilment
)

select
    asked.fact_row,
    named.part,
    named.file_key,
    named.source_row

from asked
inner join named using (campaign_id)

where asked.is_inferred
