create view main.kpi_win_rate (
    funnel_name varchar,
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    closed_count bigint,
    won_count bigint,
    lost_to_competitor_count bigint,
    no_decision_count bigint,
    closed_amount decimal(38, 4),
    won_amount decimal(38, 4),
    won_with_amount_count bigint,
    won_days bigint,
    won_with_days_count bigint,
    win_rate decimal(18, 6),
    win_rate_by_amount decimal(18, 6),
    average_won_amount decimal(18, 4),
    average_won_days decimal(18, 6)
);

comment on view main.kpi_win_rate is 'Which share of the closed pursuits was won, by number and by value? Formula: won_count / closed_count, won_amount / closed_amount. Grain: funnel, breakdown, member and period in which they were closed';
comment on column main.kpi_win_rate.funnel_name is 'funnel that is counted (sales)';
comment on column main.kpi_win_rate.breakdown is 'what members are: all, division, department, team, sales person, channel, campaign, touchpoint, pipeline (where a source tells of any) or source system; take one';
comment on column main.kpi_win_rate.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_win_rate.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_win_rate.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_win_rate.closed_count is 'pursuits won or lost; denominator of win_rate';
comment on column main.kpi_win_rate.won_count is 'pursuits that were won';
comment on column main.kpi_win_rate.lost_to_competitor_count is 'of closed_count, those that went to a competitor';
comment on column main.kpi_win_rate.no_decision_count is 'of closed_count, those in which the customer bought nowhere';
comment on column main.kpi_win_rate.closed_amount is 'value of the closed pursuits that state one; denominator of win_rate_by_amount';
comment on column main.kpi_win_rate.won_amount is 'value of the pursuits that were won, in the company''s currency';
comment on column main.kpi_win_rate.won_with_amount_count is 'won pursuits that state a value; denominator of average_won_amount';
comment on column main.kpi_win_rate.won_days is 'days from beginning to close, summed over won pursuits; numerator of average_won_days';
comment on column main.kpi_win_rate.won_with_days_count is 'won pursuits whose length is known; denominator of average_won_days';
comment on column main.kpi_win_rate.win_rate is 'won_count / closed_count; null where nothing was closed';
comment on column main.kpi_win_rate.win_rate_by_amount is 'won_amount / closed_amount; null where no closed pursuit states a value';
comment on column main.kpi_win_rate.average_won_amount is 'won_amount / won_with_amount_count';
comment on column main.kpi_win_rate.average_won_days is 'won_days / won_with_days_count';
