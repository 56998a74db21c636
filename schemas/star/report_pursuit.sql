create view main.report_pursuit (
    pursuit_key bigint,
    asked_by struct(dimension varchar, key bigint)[]
);

comment on view main.report_pursuit is 'By what can each pursuit be asked for? Grain: pursuit; the KPIs of pursuits join it, and report_member by what it lists';
comment on column main.report_pursuit.pursuit_key is 'the pursuit, see fact_pipeline';
comment on column main.report_pursuit.asked_by is 'dimension and key of its division, owner, channel, campaign, touchpoint, pipeline and source system, and of the whole, as report_member has them; unnest(asked_by, max_depth := 2) makes columns of them';
