-- Question: what did advertising cost?
-- Grain: one row of spend of one campaign and channel on one day as delivered.
-- Sources: campaign_spend, dim_campaign, src look-ups.
-- Rows from: ods.campaign_spend

with spent as (
    select
        spend.*,
        coalesce(spend.currency_code, param.company_currency) as spend_currency_code,
        param.company_currency
    from ods.campaign_spend as spend
    cross join src.param
    where not spend.is_deleted
)

select
    spent.row_id,
    spent.source_system,
    coalesce(campaign.campaign_key, -2) as campaign_key,
    case
        when coalesce(channel.channel_key, -1) > 0 then channel.channel_key
        when coalesce(campaign.channel_key, -1) > 0 then campaign.channel_key
        when spent.channel is not null then -1
        else -2
    end as channel_key,
    spent.spent_on,
    coalesce(src.day(spent.spent_on), -1) as spent_date_key,
    spent.amount as spend_amount,
    spent.spend_currency_code as currency_code,
    case
        when spent.spend_currency_code = spent.company_currency then spent.amount
        else src.converted(spent.amount, rate.numerator, rate.denominator)
    end as reporting_amount,
    spent.impressions as impression_count,
    spent.clicks as click_count,
    spent.is_exact_duplicate,
    spent.file_key as source_file_key,
    spent.source_row

from spent
left join warehouse.dim_campaign as campaign on campaign.campaign_id = spent.campaign_id
left join src.channel_word as channel on channel.word = spent.channel
left join src.rate_day as rate
    on rate.currency_code = spent.spend_currency_code and rate.date_key = src.day(spent.spent_on)
