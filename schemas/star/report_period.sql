create view main.report_period (
    date_key integer,
    period_kind varchar,
    period varchar,
    period_number bigint
);

comment on view main.report_period is 'To which month, quarter and year does a day belong? Grain: day and period; the KPIs join it to give every figure for each period';
comment on column main.report_period.date_key is 'the day, see dim_date';
comment on column main.report_period.period_kind is 'all, year, fiscal quarter, quarter or month';
comment on column main.report_period.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.report_period.period_number is 'stands for period_kind and period together: to group by one number takes half the time of two texts; another one in other versions';
