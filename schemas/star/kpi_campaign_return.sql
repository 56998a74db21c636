create view main.kpi_campaign_return (
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    spend_amount decimal(38, 4),
    impression_count bigint,
    click_count bigint,
    lead_count bigint,
    order_count bigint,
    won_count bigint,
    first_amount decimal(38, 4),
    last_amount decimal(38, 4),
    linear_amount decimal(38, 4),
    time_decay_amount decimal(38, 4),
    position_amount decimal(38, 4),
    return_on_ad_spend decimal(18, 6),
    cost_per_lead decimal(18, 4),
    cost_per_order decimal(18, 4),
    click_rate decimal(18, 6)
);

comment on view main.kpi_campaign_return is 'What did each campaign and channel cost, and what came back? Formula: return_on_ad_spend = linear_amount / spend_amount; cost_per_lead = spend_amount / lead_count; cost_per_order = spend_amount / order_count. Grain: breakdown, member and period: of the spending, of the beginning of the lead, of the sale';
comment on column main.kpi_campaign_return.breakdown is 'what members are: all, channel, campaign or division that runs the campaign; take one';
comment on column main.kpi_campaign_return.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_campaign_return.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_campaign_return.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_campaign_return.spend_amount is 'money spent, net, in the company''s currency; null where no spending was delivered';
comment on column main.kpi_campaign_return.impression_count is 'times an advertisement was shown';
comment on column main.kpi_campaign_return.click_count is 'times it was clicked';
comment on column main.kpi_campaign_return.lead_count is 'pursuits that began';
comment on column main.kpi_campaign_return.order_count is 'orders whose last touch it was';
comment on column main.kpi_campaign_return.won_count is 'won pursuits whose last touch it was';
comment on column main.kpi_campaign_return.first_amount is 'value of sales and won pursuits that the first-touch model gives';
comment on column main.kpi_campaign_return.last_amount is 'value that the last-touch model gives';
comment on column main.kpi_campaign_return.linear_amount is 'value that equal shares of all touches give';
comment on column main.kpi_campaign_return.time_decay_amount is 'value that shares halving by the week give';
comment on column main.kpi_campaign_return.position_amount is 'value that the position model gives';
comment on column main.kpi_campaign_return.return_on_ad_spend is 'linear_amount / spend_amount; null where nothing was spent';
comment on column main.kpi_campaign_return.cost_per_lead is 'spend_amount / lead_count; null where there is no lead';
comment on column main.kpi_campaign_return.cost_per_order is 'spend_amount / order_count; null where there is no order';
comment on column main.kpi_campaign_return.click_rate is 'click_count / impression_count; null where nothing was shown';
