create view main.kpi_time_in_stage (
    funnel_name varchar,
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    stage_rank integer,
    stage_name varchar,
    visit_count bigint,
    finished_count bigint,
    median_days bigint,
    p90_days bigint,
    total_seconds bigint,
    average_days decimal(18, 6)
);

comment on view main.kpi_time_in_stage is 'How long do pursuits stay in each stage? Formula: median and 90 % quantile of whole days between entering and leaving. Grain: funnel, stage, breakdown, member and period in which the stage was entered';
comment on column main.kpi_time_in_stage.funnel_name is 'funnel that is counted (sales)';
comment on column main.kpi_time_in_stage.breakdown is 'what members are: all, division, department, team, sales person, channel, campaign, touchpoint, pipeline (where a source tells of any) or source system; take one';
comment on column main.kpi_time_in_stage.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_time_in_stage.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_time_in_stage.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_time_in_stage.stage_rank is 'order of the stage; a greater rank is nearer to the goal; null where no funnel knows the stage';
comment on column main.kpi_time_in_stage.stage_name is 'stage as people call it; where no funnel knows it, the word of its source';
comment on column main.kpi_time_in_stage.visit_count is 'times the stage was entered';
comment on column main.kpi_time_in_stage.finished_count is 'of those, the ones that were left again; only they are measured';
comment on column main.kpi_time_in_stage.median_days is 'whole days that half of the finished visits took at most';
comment on column main.kpi_time_in_stage.p90_days is 'whole days that nine in ten of the finished visits took at most';
comment on column main.kpi_time_in_stage.total_seconds is 'time of all finished visits; numerator of average_days';
comment on column main.kpi_time_in_stage.average_days is 'total_seconds / 86400 / finished_count; null where none is finished';
