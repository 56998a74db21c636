create view main.kpi_campaign_response (
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    member_count bigint,
    sent_count bigint,
    opened_count bigint,
    clicked_count bigint,
    responded_count bigint,
    unsubscribed_count bigint,
    blocked_count bigint,
    clicked_then_stopped_count bigint,
    won_count bigint,
    open_rate decimal(18, 6),
    click_rate decimal(18, 6),
    response_rate decimal(18, 6),
    unsubscribe_rate decimal(18, 6),
    block_rate decimal(18, 6)
);

comment on view main.kpi_campaign_response is 'Whom did the campaigns reach, and how did they answer? Formula: opened, clicked, responded, unsubscribed, blocked / sent. Grain: breakdown, member and period in which it was sent';
comment on column main.kpi_campaign_response.breakdown is 'what members are: all, channel, campaign, or division, department, team and sales person of the lead, else of the latest touch; take one';
comment on column main.kpi_campaign_response.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_campaign_response.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_campaign_response.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_campaign_response.member_count is 'parties selected';
comment on column main.kpi_campaign_response.sent_count is 'parties reached; denominator of all rates';
comment on column main.kpi_campaign_response.opened_count is 'parties who opened';
comment on column main.kpi_campaign_response.clicked_count is 'parties who clicked';
comment on column main.kpi_campaign_response.responded_count is 'parties who responded';
comment on column main.kpi_campaign_response.unsubscribed_count is 'parties who refused further mail';
comment on column main.kpi_campaign_response.blocked_count is 'could not be delivered, or reported as spam';
comment on column main.kpi_campaign_response.clicked_then_stopped_count is 'clicked, and did not respond';
comment on column main.kpi_campaign_response.won_count is 'members whose pursuit was won';
comment on column main.kpi_campaign_response.open_rate is 'opened_count / sent_count';
comment on column main.kpi_campaign_response.click_rate is 'clicked_count / sent_count; null where the denominator is 0';
comment on column main.kpi_campaign_response.response_rate is 'responded_count / sent_count';
comment on column main.kpi_campaign_response.unsubscribe_rate is 'unsubscribed_count / sent_count';
comment on column main.kpi_campaign_response.block_rate is 'blocked_count / sent_count';
