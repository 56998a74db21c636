create view main.kpi_profitability (
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    revenue_amount decimal(38, 4),
    cost_amount decimal(38, 4),
    margin_amount decimal(38, 4),
    costed_revenue_amount decimal(38, 4),
    margin_share decimal(18, 6),
    cost_coverage decimal(18, 6)
);

comment on view main.kpi_profitability is 'What was earned, as finance reports it? Formula: margin_amount / costed_revenue_amount; cost_coverage = costed_revenue_amount / revenue_amount. Grain: breakdown, member and period';
comment on column main.kpi_profitability.breakdown is 'what members are: all, division, department, team, product line or brand; take one';
comment on column main.kpi_profitability.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_profitability.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_profitability.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_profitability.revenue_amount is 'revenue, net, in the company''s currency, also where no cost of it is told';
comment on column main.kpi_profitability.cost_amount is 'cost of that revenue';
comment on column main.kpi_profitability.margin_amount is 'revenue less cost, of the revenue whose cost is told; null where no cost is; numerator';
comment on column main.kpi_profitability.costed_revenue_amount is 'the part of revenue_amount whose cost is told; denominator';
comment on column main.kpi_profitability.margin_share is 'margin_amount / costed_revenue_amount; null where no cost of any revenue is told';
comment on column main.kpi_profitability.cost_coverage is 'costed_revenue_amount / revenue_amount: for which share of the revenue the margin speaks; null where there is no revenue';
