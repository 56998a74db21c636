create view main.kpi_target (
    metric varchar,
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    actual_value decimal(38, 4),
    target_value decimal(38, 4),
    year_before_value decimal(38, 4),
    attainment decimal(18, 6),
    year_before_ratio decimal(18, 6)
);

comment on view main.kpi_target is 'How do the actual figures stand against what was to be reached, and against the year before? Formula: actual_value / target_value; actual_value / year_before_value. Grain: metric, breakdown, member and period';
comment on column main.kpi_target.metric is 'what is measured: revenue (billed less credited; ordered where no invoice tells lines), units (ordered), margin and cost (as finance reports them), spend (advertising), pipeline and leads (pursuits begun: their value, and those that began as leads), bookings and deals (pursuits won: value and number), appointments, presentations and proposals (stages entered for the first time), calls (made) and meetings (with visits), orders, customers (who ordered for the first time); or another metric of the targets, without actual figures';
comment on column main.kpi_target.breakdown is 'what members are: all; division; for what sales people do, also team and sales person; take one';
comment on column main.kpi_target.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_target.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_target.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time; what has no date is left out';
comment on column main.kpi_target.actual_value is 'reached, in the company''s currency where it is money; null where this warehouse does not measure it, or the period lies ahead; numerator of both ratios';
comment on column main.kpi_target.target_value is 'to be reached: targets set for the whole, for parts and for persons add up; denominator of attainment';
comment on column main.kpi_target.year_before_value is 'reached in the same period one year earlier, a benchmark; denominator of year_before_ratio';
comment on column main.kpi_target.attainment is 'actual_value / target_value; null without an actual figure';
comment on column main.kpi_target.year_before_ratio is 'actual_value / year_before_value; null without an earlier figure';
