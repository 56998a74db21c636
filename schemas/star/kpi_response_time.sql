create view main.kpi_response_time (
    asked_by varchar,
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    question_count bigint,
    answered_count bigint,
    within_hour_count bigint,
    median_first_minutes bigint,
    p90_first_minutes bigint,
    median_first_business_minutes bigint,
    p90_first_business_minutes bigint,
    median_total_minutes bigint,
    median_total_business_minutes bigint,
    answered_share decimal(18, 6),
    within_hour_share decimal(18, 6)
);

comment on view main.kpi_response_time is 'How fast do we, and how fast do customers, answer? Formula: median and 90 % quantile of minutes from question to answer, on the clock and in business hours. Grain: who asked, breakdown, member and period in which it was asked';
comment on column main.kpi_response_time.asked_by is 'customer (we answered) or company (the customer answered)';
comment on column main.kpi_response_time.breakdown is 'what members are: all, kind (call, mail, chat, …), division, department, team, sales person, touchpoint; take one';
comment on column main.kpi_response_time.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_response_time.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_response_time.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_response_time.question_count is 'questions; denominator of both shares';
comment on column main.kpi_response_time.answered_count is 'questions that were answered';
comment on column main.kpi_response_time.within_hour_count is 'answered within 60 business minutes';
comment on column main.kpi_response_time.median_first_minutes is 'clock minutes within which half of the answered questions got a first answer';
comment on column main.kpi_response_time.p90_first_minutes is 'clock minutes within which nine in ten did';
comment on column main.kpi_response_time.median_first_business_minutes is 'business minutes within which half of them did';
comment on column main.kpi_response_time.p90_first_business_minutes is 'business minutes within which nine in ten did';
comment on column main.kpi_response_time.median_total_minutes is 'clock minutes within which half of them got the last answer';
comment on column main.kpi_response_time.median_total_business_minutes is 'business minutes within which half of them got the last answer';
comment on column main.kpi_response_time.answered_share is 'answered_count / question_count';
comment on column main.kpi_response_time.within_hour_share is 'within_hour_count / question_count';
