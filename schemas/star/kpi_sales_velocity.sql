create view main.kpi_sales_velocity (
    funnel_name varchar,
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    open_count bigint,
    won_count bigint,
    closed_count bigint,
    win_rate decimal(18, 6),
    average_won_amount decimal(18, 4),
    average_won_days decimal(18, 6),
    velocity_amount decimal(18, 4)
);

comment on view main.kpi_sales_velocity is 'How much does the pipeline that is open now earn a day, at the pace of a period? Formula: open_count x win_rate x average_won_amount / average_won_days. Grain: funnel, breakdown, member and period in which the pursuits were closed that set the pace; what is open is of the as-of moment in each';
comment on column main.kpi_sales_velocity.funnel_name is 'funnel that is counted (sales)';
comment on column main.kpi_sales_velocity.breakdown is 'what members are: all, division, department, team, sales person, channel, campaign, touchpoint, pipeline (where a source tells of any) or source system; take one';
comment on column main.kpi_sales_velocity.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_sales_velocity.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_sales_velocity.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_sales_velocity.open_count is 'pursuits open at the as-of moment, the same in each period';
comment on column main.kpi_sales_velocity.won_count is 'pursuits that were won';
comment on column main.kpi_sales_velocity.closed_count is 'pursuits won or lost; denominator of win_rate';
comment on column main.kpi_sales_velocity.win_rate is 'won_count / closed_count; null where nothing was closed';
comment on column main.kpi_sales_velocity.average_won_amount is 'value of one won pursuit on average';
comment on column main.kpi_sales_velocity.average_won_days is 'days from beginning to close of a won pursuit on average';
comment on column main.kpi_sales_velocity.velocity_amount is 'money a day in the company''s currency; null where a part is missing';
