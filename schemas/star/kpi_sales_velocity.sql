create view main.kpi_sales_velocity (
    funnel_name varchar,
    breakdown varchar,
    member varchar,
    open_count bigint,
    won_count bigint,
    closed_count bigint,
    win_rate decimal(18, 6),
    average_won_amount decimal(18, 4),
    average_won_days decimal(18, 6),
    velocity_amount decimal(18, 4)
);

comment on view main.kpi_sales_velocity is 'How much does the open pipeline earn a day at the pace of the past? Formula: open_count x win_rate x average_won_amount / average_won_days. Grain: funnel, breakdown and member; the past is all time';
comment on column main.kpi_sales_velocity.funnel_name is 'funnel that is counted (sales)';
comment on column main.kpi_sales_velocity.breakdown is 'what members are: all, division, team, sales person, channel, campaign or touchpoint';
comment on column main.kpi_sales_velocity.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_sales_velocity.open_count is 'pursuits still open';
comment on column main.kpi_sales_velocity.won_count is 'pursuits that were won';
comment on column main.kpi_sales_velocity.closed_count is 'pursuits won or lost; denominator of win_rate';
comment on column main.kpi_sales_velocity.win_rate is 'won_count / closed_count; null where nothing was closed';
comment on column main.kpi_sales_velocity.average_won_amount is 'value of one won pursuit on average';
comment on column main.kpi_sales_velocity.average_won_days is 'days from beginning to close of a won pursuit on average';
comment on column main.kpi_sales_velocity.velocity_amount is 'money a day in the company''s currency; null where a part is missing';
