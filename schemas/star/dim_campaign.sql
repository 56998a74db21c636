create table main.dim_campaign (
    campaign_key bigint,
    campaign_id varchar,
    name varchar,
    channel_key bigint,
    division varchar,
    start_date date,
    end_date date,
    budget_amount decimal(18, 4),
    currency_code varchar,
    status varchar,
    is_inferred boolean
);

comment on table main.dim_campaign is 'Which marketing campaign? One row for each campaign id; rolls up to channel and division';
comment on column main.dim_campaign.campaign_key is 'derived from the campaign id alone, the same in every build; -1 unknown, -2 not applicable, -3 not yet happened';
comment on column main.dim_campaign.campaign_id is 'id of the campaign, the same in all systems';
comment on column main.dim_campaign.name is 'campaign as people call it';
comment on column main.dim_campaign.channel_key is 'marketing channel it runs on, see dim_channel; -1 = word not known, -2 = none stated';
comment on column main.dim_campaign.division is 'division that runs it';
comment on column main.dim_campaign.start_date is 'first day it runs';
comment on column main.dim_campaign.end_date is 'last day it runs';
comment on column main.dim_campaign.budget_amount is 'planned spend, net, in currency_code';
comment on column main.dim_campaign.currency_code is 'ISO 4217 code of the budget';
comment on column main.dim_campaign.status is 'status word of the source';
comment on column main.dim_campaign.is_inferred is 'true where facts name the id but no campaign feed has described it yet';
