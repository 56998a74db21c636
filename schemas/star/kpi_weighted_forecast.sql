create view main.kpi_weighted_forecast (
    funnel_name varchar,
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    open_count bigint,
    open_amount decimal(38, 4),
    weighted_amount decimal(38, 4),
    won_count bigint,
    won_amount decimal(38, 4),
    target_amount decimal(38, 4),
    attainment decimal(18, 6)
);

comment on view main.kpi_weighted_forecast is 'What will the open pursuits bring, when, and how does it stand against what was won and what is to be reached? Formula: sum of value x chance; the chance is the source''s, else the share won of those that were closed after reaching the step. Grain: funnel, breakdown, member and period (of the expected close, or of the close of won ones); what nobody expects at a day stands in period (all) only';
comment on column main.kpi_weighted_forecast.funnel_name is 'funnel that is counted (sales)';
comment on column main.kpi_weighted_forecast.breakdown is 'what members are: all, division, department, team, sales person, channel, campaign, touchpoint, pipeline (where a source tells of any) or source system; take one';
comment on column main.kpi_weighted_forecast.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_weighted_forecast.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_weighted_forecast.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_weighted_forecast.open_count is 'pursuits still open';
comment on column main.kpi_weighted_forecast.open_amount is 'value of the open pursuits in the company''s currency';
comment on column main.kpi_weighted_forecast.weighted_amount is 'value x chance of winning, summed over the open pursuits';
comment on column main.kpi_weighted_forecast.won_count is 'pursuits that were won';
comment on column main.kpi_weighted_forecast.won_amount is 'value of the pursuits that were won, in the company''s currency';
comment on column main.kpi_weighted_forecast.target_amount is 'revenue to be reached in the period by the division, or by all; null where no target is set';
comment on column main.kpi_weighted_forecast.attainment is 'won_amount / target_amount; null without a target';
