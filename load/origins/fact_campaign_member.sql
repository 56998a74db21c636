-- Question: which delivered rows tell of each membership?
-- Grain: membership and row. Whom a row means is told as in the model: its party, else its lead, else itself.

with pursuit as (
    select source_system, lead_id, max(source_customer_key) as party
    from warehouse.fact_pipeline
    where lead_id is not null
    group by source_system, lead_id
),

told as (
    select
        member.source_system,
        coalesce(campaign.campaign_key, -1) as campaign_key,
        coalesce(member.source_customer_key, pursuit.party, -1) as party,
        member.lead_id,
        member.file_key,
        member.source_row
    from ods.campaign_member as member
    left join warehouse.dim_campaign as campaign using (campaign_id)
    left join pursuit using (source_system, lead_id)
    where not member.is_deleted
)

select
    asked.fact_row,
    'campaign member' as part,
    told.file_key,
    told.source_row

from asked
inner join told
    on told.source_system = asked.source_system
    and told.campaign_key = asked.campaign_key
    and told.party = asked.source_customer_key
    and if(told.party = -1, told.lead_id, null)
        is not distinct from if(asked.source_customer_key = -1, asked.lead_id, null)
    and (
        told.party <> -1
        or told.lead_id is not null
        or (told.file_key = asked.source_file_key and told.source_row = asked.source_row)
    )
