create view main.kpi_target (
    metric varchar,
    breakdown varchar,
    member varchar,
    month varchar,
    actual_value decimal(38, 4),
    target_value decimal(38, 4),
    attainment decimal(18, 6)
);

comment on view main.kpi_target is 'How do the actual figures stand against what was to be reached? Formula: actual_value / target_value. Grain: metric, breakdown, member and month';
comment on column main.kpi_target.metric is 'what is measured: revenue (billed), margin, or another metric of the targets without actual figures here';
comment on column main.kpi_target.breakdown is 'what members are: all or division';
comment on column main.kpi_target.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_target.month is 'calendar month, 2026-03; (not told) where no date is known';
comment on column main.kpi_target.actual_value is 'reached: revenue from invoices less credits, margin from the reports of finance; null where this warehouse does not measure the metric; numerator';
comment on column main.kpi_target.target_value is 'to be reached; denominator';
comment on column main.kpi_target.attainment is 'actual_value / target_value; null without an actual figure';
