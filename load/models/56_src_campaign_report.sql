-- Question: what was told of whom in which campaign?
-- Grain: one delivered row of a campaign's members, or one party that a segment selected. A row that names neither
-- customer nor lead stands for a party of its own.
-- Sources: campaign_member, src.selection, src.pursuit, src.pursuit_of, dim_campaign, src look-ups, idn.source_record.
-- Rows from: ods.campaign_member, src.selection

with told as (
    select
        member.row_id,
        member.source_system,
        coalesce(campaign.campaign_key, -1) as campaign_key,
        coalesce(campaign.channel_key, -2) as channel_key,
        member.lead_id,
        case when member.lead_id is null then -2 else coalesce(of_lead.pursuit_key, -1) end as pursuit_key,
        coalesce(member.source_customer_key, pursuit.source_customer_key, -1) as source_customer_key,
        member.status,
        word.meaning,
        member.at,
        member.file_key,
        member.source_row,
        true as is_report
    from ods.campaign_member as member
    left join warehouse.dim_campaign as campaign on campaign.campaign_id = member.campaign_id
    left join src.pursuit_of as of_lead
        on of_lead.source_system = member.source_system
        and of_lead.entity = 'lead'
        and of_lead.id = member.lead_id
    left join src.pursuit on pursuit.pursuit_key = of_lead.pursuit_key
    left join src.word_meaning as word on word.subject = 'campaign_member' and word.word = member.status
    where not member.is_deleted

    union all by name

    -- What a segment selected is known before the campaign's system reports of it.
    select
        src.key_of('selection' || chr(31) || selection.campaign_id, cast(selection.source_customer_key as varchar)) as row_id,
        selection.source_system,
        coalesce(campaign.campaign_key, -1) as campaign_key,
        coalesce(campaign.channel_key, -2) as channel_key,
        -2 as pursuit_key,
        selection.source_customer_key,
        'selected' as status,
        'selected' as meaning,
        selection.selected_at as "at",
        false as is_report
    from src.selection
    left join warehouse.dim_campaign as campaign on campaign.campaign_id = selection.campaign_id
)

select
    told.*,
    src.key_of(
        'campaign member' || chr(31) || told.campaign_key || chr(31) || told.source_system,
        case
            when told.source_customer_key <> -1 then 'party' || chr(31) || told.source_customer_key
            when told.lead_id is not null then 'lead' || chr(31) || told.lead_id
            else 'row' || chr(31) || told.row_id
        end
    ) as member_key,
    coalesce(party.customer_key, -1) as customer_key

from told
left join ods.idn.source_record as party on party.source_customer_key = told.source_customer_key
