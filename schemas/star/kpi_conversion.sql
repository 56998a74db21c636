create view main.kpi_conversion (
    funnel_name varchar,
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    step_number integer,
    step_name varchar,
    reached_count bigint,
    previous_count bigint,
    conversion decimal(18, 6),
    first_count bigint,
    conversion_from_first decimal(18, 6),
    drop_off_count bigint,
    still_open_count bigint,
    lost_count bigint
);

comment on view main.kpi_conversion is 'Of the pursuits, or web sessions, that began in a period, how many reached each step of their funnel, and how many went on? Formula: reached_count / previous_count. Grain: funnel, breakdown, member, period in which they began, and step';
comment on column main.kpi_conversion.funnel_name is 'funnel that is counted: sales, online or one of your own; online counts sessions, the others pursuits';
comment on column main.kpi_conversion.breakdown is 'what members are: all, division, department, team, sales person, channel, campaign, touchpoint, pipeline (where a source tells of any) or source system; take one; a session has neither division, team nor sales person, and happens on touchpoint Internet';
comment on column main.kpi_conversion.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_conversion.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_conversion.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_conversion.step_number is 'order of the step, from 1';
comment on column main.kpi_conversion.step_name is 'step as people call it';
comment on column main.kpi_conversion.reached_count is 'pursuits or sessions that reached this step or a later one; numerator of both conversions';
comment on column main.kpi_conversion.previous_count is 'pursuits or sessions that reached the step before; denominator of conversion; null on the first step';
comment on column main.kpi_conversion.conversion is 'reached_count / previous_count; null where the denominator is 0 or missing';
comment on column main.kpi_conversion.first_count is 'pursuits or sessions in the first step; denominator of conversion_from_first';
comment on column main.kpi_conversion.conversion_from_first is 'reached_count / first_count; null where the denominator is 0';
comment on column main.kpi_conversion.drop_off_count is 'reached this step but not the next; null at the last one';
comment on column main.kpi_conversion.still_open_count is 'of those dropping off, the pursuits that are still open; null of sessions';
comment on column main.kpi_conversion.lost_count is 'of those dropping off, the pursuits lost to a competitor, without decision or without told reason; null of sessions';
