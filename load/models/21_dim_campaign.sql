-- Question: which campaigns are there, and on which channel do they run?
-- Grain: campaign id. Ids that only facts name get a row too, marked as inferred.
-- Sources: campaign, campaign ids of order, lead, opportunity, activity, web_event, campaign_member, campaign_spend
-- and fulfilment.

with described as (
    select *
    from ods.campaign
    where campaign_id is not null and not is_deleted
    qualify row_number() over (partition by campaign_id order by effective_at desc, row_id) = 1
),

named as (
    select distinct campaign_id from ods."order"
    union
    select distinct campaign_id from ods.lead
    union
    select distinct campaign_id from ods.opportunity
    union
    select distinct campaign_id from ods.activity
    union
    select distinct campaign_id from ods.web_event
    union
    select distinct campaign_id from ods.campaign_member
    union
    select distinct campaign_id from ods.campaign_spend
    union
    select distinct campaign_id from ods.fulfilment
)

select
    src.key_of('campaign', campaign_id) as campaign_key,
    campaign_id,
    described.name,
    case when described.channel is null then -2 else coalesce(channel.channel_key, -1) end as channel_key,
    described.division,
    described.start_date,
    described.end_date,
    described.budget_amount,
    described.currency_code,
    described.status,
    described.row_id is null as is_inferred

from described
full join (select campaign_id from named where campaign_id is not null) as named using (campaign_id)
left join src.channel_word as channel on channel.word = described.channel

union all by name

select
    unnest([-1, -2, -3]) as campaign_key,
    unnest(['(unknown)', '(not applicable)', '(not yet)']) as name,
    -2 as channel_key,
    false as is_inferred
