create table main.fact_campaign_spend (
    row_id decimal(38, 0),
    source_system varchar,
    campaign_key bigint,
    channel_key bigint,
    spent_on date,
    spent_date_key integer,
    spend_amount decimal(18, 4),
    currency_code varchar,
    reporting_amount decimal(18, 4),
    impression_count bigint,
    click_count bigint,
    is_exact_duplicate boolean,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_campaign_spend is 'What did advertising cost? Grain: one row of spend of one campaign and channel on one day as delivered';
comment on column main.fact_campaign_spend.row_id is 'identity of the source row in the ods: hash of feed and source key, or of the content where the feed has no key';
comment on column main.fact_campaign_spend.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_campaign_spend.campaign_key is 'campaign, see dim_campaign; -2 = the row names none';
comment on column main.fact_campaign_spend.channel_key is 'marketing channel: the row''s, else the campaign''s, see dim_channel; -1 = word not known, -2 = none named';
comment on column main.fact_campaign_spend.spent_on is 'day the money was spent';
comment on column main.fact_campaign_spend.spent_date_key is 'the same day, see dim_date; -1 = not told';
comment on column main.fact_campaign_spend.spend_amount is 'money spent, net';
comment on column main.fact_campaign_spend.currency_code is 'ISO 4217 code of every amount in the row except reporting amounts, see dim_currency';
comment on column main.fact_campaign_spend.reporting_amount is 'spend_amount in the company''s currency at the rate of the day; null without a rate';
comment on column main.fact_campaign_spend.impression_count is 'how often the advertisement was shown';
comment on column main.fact_campaign_spend.click_count is 'how often it was clicked';
comment on column main.fact_campaign_spend.is_exact_duplicate is 'true where an equal row came before it in the same delivery; such rows are kept, since two equal lines may be two sales';
comment on column main.fact_campaign_spend.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_campaign_spend.source_row is 'line or worksheet row in that file, from 1';
