create table main.fact_stage_event (
    pursuit_key bigint,
    event_number bigint,
    funnel_name varchar,
    from_stage_key bigint,
    stage_key bigint,
    stage_word varchar,
    entered_at timestamptz,
    entered_date_key integer,
    exited_at timestamptz,
    exited_date_key integer,
    duration_seconds bigint,
    duration_days integer,
    is_regression boolean,
    is_skip boolean,
    is_reentry boolean,
    is_legal boolean,
    is_derived boolean,
    is_last boolean,
    reason varchar,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    employee_key bigint,
    source_system varchar,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_stage_event is 'How did pursuits move through the stages of their funnel? Grain: one transition of one pursuit into a stage; repeated reports of the same stage count once';
comment on column main.fact_stage_event.pursuit_key is 'the pursuit, see fact_pipeline';
comment on column main.fact_stage_event.event_number is 'transitions of the pursuit counted from 1 in order of time';
comment on column main.fact_stage_event.funnel_name is 'funnel the pursuit follows (sales)';
comment on column main.fact_stage_event.from_stage_key is 'stage that was left, see dim_funnel_stage; -2 on the first transition';
comment on column main.fact_stage_event.stage_key is 'stage that was entered, see dim_funnel_stage; -1 where the word is not mapped';
comment on column main.fact_stage_event.stage_word is 'word of the source for the stage';
comment on column main.fact_stage_event.entered_at is 'when the stage was entered; null where no source tells';
comment on column main.fact_stage_event.entered_date_key is 'day the stage was entered in the company''s zone, see dim_date; -1 = not told';
comment on column main.fact_stage_event.exited_at is 'when the next stage was entered; null while in the stage';
comment on column main.fact_stage_event.exited_date_key is 'day of that, see dim_date; -3 while in the stage';
comment on column main.fact_stage_event.duration_seconds is 'time spent in the stage; null while in it';
comment on column main.fact_stage_event.duration_days is 'whole days of it on the clock of the company, which may be set between; null while in the stage';
comment on column main.fact_stage_event.is_regression is 'true where the rank is lower than that of the stage before';
comment on column main.fact_stage_event.is_skip is 'true where a stage that is not optional was jumped over, though its system has one in between';
comment on column main.fact_stage_event.is_reentry is 'true where the pursuit had been in the stage before';
comment on column main.fact_stage_event.is_legal is 'false where the funnel does not allow the transition; a pursuit may begin at the first stage that any of its system has, and go on to the next that any of them has; null where a word is not mapped or the move is derived';
comment on column main.fact_stage_event.is_derived is 'true where no stage history was delivered, and the move was told by the dates and the status of the lead or opportunity; its legality is not judged';
comment on column main.fact_stage_event.is_last is 'true on the latest transition of the pursuit';
comment on column main.fact_stage_event.reason is 'reason that was given for the change';
comment on column main.fact_stage_event.source_customer_key is 'the pursuit''s party as its source system knows it; -1 = none named';
comment on column main.fact_stage_event.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_stage_event.employee_key is 'employee who made the change, else who owns the pursuit, see dim_employee; -2 = none named';
comment on column main.fact_stage_event.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_stage_event.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_stage_event.source_row is 'line or worksheet row in that file, from 1';
