create view main.kpi_touches_per_decision (
    funnel_name varchar,
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    outcome varchar,
    decision_count bigint,
    touch_count bigint,
    touches_per_decision decimal(18, 6),
    median_touch_count bigint
);

comment on view main.kpi_touches_per_decision is 'How many touches does a decision take, and after how many is it won (the tipping point)? Formula: touch_count / decision_count; median_touch_count of outcome won is the tipping point. Grain: funnel, breakdown, member, outcome and period in which it was decided';
comment on column main.kpi_touches_per_decision.funnel_name is 'funnel that is counted (sales)';
comment on column main.kpi_touches_per_decision.breakdown is 'what members are: all, division, department, team, sales person, channel, campaign, touchpoint, pipeline (where a source tells of any) or source system; take one';
comment on column main.kpi_touches_per_decision.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_touches_per_decision.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_touches_per_decision.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_touches_per_decision.outcome is 'won, lost to competitor, no decision or lost';
comment on column main.kpi_touches_per_decision.decision_count is 'pursuits closed with this outcome; denominator';
comment on column main.kpi_touches_per_decision.touch_count is 'touches of those pursuits; numerator';
comment on column main.kpi_touches_per_decision.touches_per_decision is 'touch_count / decision_count';
comment on column main.kpi_touches_per_decision.median_touch_count is 'touches that half of those pursuits took at most';
