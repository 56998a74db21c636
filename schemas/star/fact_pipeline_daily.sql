create table main.fact_pipeline_daily (
    date_key integer,
    funnel_name varchar,
    stage_key bigint,
    employee_key bigint,
    division varchar,
    open_count bigint,
    opened_count bigint,
    reopened_count bigint,
    moved_in_count bigint,
    moved_out_count bigint,
    closed_count bigint,
    won_count bigint,
    open_reporting_amount decimal(38, 4),
    closed_reporting_amount decimal(38, 4),
    won_reporting_amount decimal(38, 4)
);

comment on table main.fact_pipeline_daily is 'How much was in the pipeline on each day? Grain: day, funnel, stage, sales person and division with something in the stage at the end of the day or moving in or out on it';
comment on column main.fact_pipeline_daily.date_key is 'the day, see dim_date';
comment on column main.fact_pipeline_daily.funnel_name is 'funnel the stage belongs to';
comment on column main.fact_pipeline_daily.stage_key is 'stage, see dim_funnel_stage; -1 = word not known';
comment on column main.fact_pipeline_daily.employee_key is 'sales person who owned the pursuits that evening, see dim_employee; -2 = none named';
comment on column main.fact_pipeline_daily.division is 'division the pursuits belonged to that evening; null = none named';
comment on column main.fact_pipeline_daily.open_count is 'pursuits in the stage at the end of the day: yesterday''s + opened + reopened + moved in - moved out - closed';
comment on column main.fact_pipeline_daily.opened_count is 'pursuits that began in the stage on the day';
comment on column main.fact_pipeline_daily.reopened_count is 'pursuits that had been closed and came back into the stage on the day';
comment on column main.fact_pipeline_daily.moved_in_count is 'open pursuits that came from another open stage, sales person or division on the day';
comment on column main.fact_pipeline_daily.moved_out_count is 'open pursuits that went on to another open stage, sales person or division on the day';
comment on column main.fact_pipeline_daily.closed_count is 'pursuits that were in the stage and were won or lost on the day';
comment on column main.fact_pipeline_daily.won_count is 'of closed_count, those won';
comment on column main.fact_pipeline_daily.open_reporting_amount is 'value that evening of the pursuits in open_count, in the company''s currency; pursuits without a value or rate count nothing';
comment on column main.fact_pipeline_daily.closed_reporting_amount is 'final value of the pursuits in closed_count, likewise';
comment on column main.fact_pipeline_daily.won_reporting_amount is 'final value of the pursuits in won_count, likewise';
