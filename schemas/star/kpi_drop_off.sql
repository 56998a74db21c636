create view main.kpi_drop_off (
    funnel_name varchar,
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    step_number integer,
    step_name varchar,
    reason varchar,
    stopped_count bigint,
    all_stopped_count bigint,
    stopped_share decimal(18, 6)
);

comment on view main.kpi_drop_off is 'At which step do pursuits stop, and why? Formula: stopped_count / all_stopped_count. Grain: funnel, breakdown, member, period in which they began, step and reason; won pursuits are left out';
comment on column main.kpi_drop_off.funnel_name is 'funnel that is counted (sales)';
comment on column main.kpi_drop_off.breakdown is 'what members are: all, division, department, team, sales person, channel, campaign, touchpoint, pipeline (where a source tells of any) or source system; take one';
comment on column main.kpi_drop_off.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_drop_off.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_drop_off.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_drop_off.step_number is 'order of the step, from 1';
comment on column main.kpi_drop_off.step_name is 'step as people call it';
comment on column main.kpi_drop_off.reason is 'lost: and the source''s reason; regressed (open, behind where it once was); clicked, then stopped (a campaign was clicked, nothing came after); never responded (nothing ever came from the customer); still open';
comment on column main.kpi_drop_off.stopped_count is 'pursuits that got to this step and no further, for this reason';
comment on column main.kpi_drop_off.all_stopped_count is 'pursuits of the member and period that were not won; denominator of stopped_share';
comment on column main.kpi_drop_off.stopped_share is 'stopped_count / all_stopped_count';
