create view main.kpi_survey (
    survey varchar,
    question varchar,
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    answer_count bigint,
    scored_count bigint,
    score_sum bigint,
    best_score bigint,
    average_score decimal(18, 6)
);

comment on view main.kpi_survey is 'How satisfied are those who answered a survey? Formula: score_sum / scored_count. Grain: survey, question, breakdown, member and period in which it was answered';
comment on column main.kpi_survey.survey is 'survey it belongs to';
comment on column main.kpi_survey.question is 'what was asked';
comment on column main.kpi_survey.breakdown is 'what members are: all, or division, department, team and sales person of the latest touch; take one';
comment on column main.kpi_survey.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_survey.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_survey.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_survey.answer_count is 'answers of any kind';
comment on column main.kpi_survey.scored_count is 'answers with a number; denominator';
comment on column main.kpi_survey.score_sum is 'their numbers, summed; numerator';
comment on column main.kpi_survey.best_score is 'greatest number given, to read the scale by';
comment on column main.kpi_survey.average_score is 'score_sum / scored_count; null where no answer has a number';
