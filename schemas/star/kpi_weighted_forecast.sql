create view main.kpi_weighted_forecast (
    funnel_name varchar,
    breakdown varchar,
    member varchar,
    month varchar,
    open_count bigint,
    open_amount decimal(38, 4),
    weighted_amount decimal(38, 4),
    won_count bigint,
    won_amount decimal(38, 4),
    target_amount decimal(38, 4),
    attainment decimal(18, 6)
);

comment on view main.kpi_weighted_forecast is 'What will the open pursuits bring, when, and how does it stand against what was won and what is to be reached? Formula: sum of value x chance; the chance is the source''s, else the share won of those that were closed after reaching the step. Grain: funnel, breakdown, member and month (of the expected close, or of the close of won ones)';
comment on column main.kpi_weighted_forecast.funnel_name is 'funnel that is counted (sales)';
comment on column main.kpi_weighted_forecast.breakdown is 'what members are: all, division, team, sales person or channel';
comment on column main.kpi_weighted_forecast.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_weighted_forecast.month is 'calendar month, 2026-03; (not told) where no date is known';
comment on column main.kpi_weighted_forecast.open_count is 'pursuits still open';
comment on column main.kpi_weighted_forecast.open_amount is 'value of the open pursuits in the company''s currency';
comment on column main.kpi_weighted_forecast.weighted_amount is 'value x chance of winning, summed over the open pursuits';
comment on column main.kpi_weighted_forecast.won_count is 'pursuits that were won';
comment on column main.kpi_weighted_forecast.won_amount is 'value of the pursuits that were won, in the company''s currency';
comment on column main.kpi_weighted_forecast.target_amount is 'revenue to be reached in the month by the division, or by all; null where no target is set';
comment on column main.kpi_weighted_forecast.attainment is 'won_amount / target_amount; null without a target';
