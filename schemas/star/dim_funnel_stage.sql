create table main.dim_funnel_stage (
    stage_key bigint,
    funnel_name varchar,
    stage_id varchar,
    name varchar,
    stage_rank integer,
    step_id varchar,
    step_name varchar,
    step_number integer,
    is_terminal boolean,
    outcome varchar,
    meaning varchar
);

comment on table main.dim_funnel_stage is 'Stages of all funnels with the step each counts for; loaded from the funnels'' settings';
comment on column main.dim_funnel_stage.stage_key is 'derived from funnel and stage, the same in every build; -1 word not known, -2 not applicable (before the first stage), -3 not yet happened';
comment on column main.dim_funnel_stage.funnel_name is 'funnel the stage belongs to (sales, online)';
comment on column main.dim_funnel_stage.stage_id is 'short name used in settings (second_appointment)';
comment on column main.dim_funnel_stage.name is 'stage as people call it';
comment on column main.dim_funnel_stage.stage_rank is 'order inside the funnel; a greater rank is nearer to the goal';
comment on column main.dim_funnel_stage.step_id is 'step of the funnel the stage counts for (meet); null for stages that lose the pursuit';
comment on column main.dim_funnel_stage.step_name is 'the step as people call it';
comment on column main.dim_funnel_stage.step_number is 'order of the step inside its funnel, from 1';
comment on column main.dim_funnel_stage.is_terminal is 'true where nothing is expected to follow';
comment on column main.dim_funnel_stage.outcome is 'open, won, lost to competitor, no decision or lost (reason not told)';
comment on column main.dim_funnel_stage.meaning is 'when a pursuit or session is in this stage';
