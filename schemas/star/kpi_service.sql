create view main.kpi_service (
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    case_count bigint,
    open_count bigint,
    settled_count bigint,
    timed_settle_count bigint,
    replied_count bigint,
    first_reply_minutes bigint,
    settle_minutes bigint,
    first_reply_business_minutes bigint,
    settle_business_minutes bigint,
    settled_share decimal(18, 6),
    average_first_reply_minutes decimal(18, 6),
    average_settle_minutes decimal(18, 6),
    average_first_reply_business_minutes decimal(18, 6),
    average_settle_business_minutes decimal(18, 6)
);

comment on view main.kpi_service is 'How many cases come in, and how fast are they settled? Formula: settled_count / case_count; minutes / cases. Grain: breakdown, member and period in which the case was opened';
comment on column main.kpi_service.breakdown is 'what members are: all, division, department, team, sales person (who owns the case) or touchpoint';
comment on column main.kpi_service.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_service.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_service.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_service.case_count is 'cases opened; denominator of settled_share';
comment on column main.kpi_service.open_count is 'of those, not settled';
comment on column main.kpi_service.settled_count is 'of those, settled, and not taken up again since';
comment on column main.kpi_service.timed_settle_count is 'of the settled ones, those of which the source tells when; denominator of the settling time';
comment on column main.kpi_service.replied_count is 'of those, answered at least once';
comment on column main.kpi_service.first_reply_minutes is 'minutes on the clock to the first reply, summed';
comment on column main.kpi_service.settle_minutes is 'minutes on the clock to the settlement, summed';
comment on column main.kpi_service.first_reply_business_minutes is 'business minutes to the first reply, summed';
comment on column main.kpi_service.settle_business_minutes is 'business minutes to the settlement, summed';
comment on column main.kpi_service.settled_share is 'settled_count / case_count';
comment on column main.kpi_service.average_first_reply_minutes is 'first_reply_minutes / replied_count';
comment on column main.kpi_service.average_settle_minutes is 'settle_minutes / timed_settle_count';
comment on column main.kpi_service.average_first_reply_business_minutes is 'first_reply_business_minutes / replied_count';
comment on column main.kpi_service.average_settle_business_minutes is 'settle_business_minutes / timed_settle_count';
