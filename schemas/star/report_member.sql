create view main.report_member (
    dimension varchar,
    key bigint,
    breakdown varchar,
    member varchar,
    member_number bigint
);

comment on view main.report_member is 'To which division, team, person, channel, campaign or touchpoint does a key belong? Grain: dimension, key and breakdown; the KPIs join it to give every figure for each of them';
comment on column main.report_member.dimension is 'what the key is of: all, employee, channel, campaign or touchpoint';
comment on column main.report_member.key is 'key in that dimension; 0 for the whole';
comment on column main.report_member.breakdown is 'level the figure is asked for: all, division, team, sales person, channel, campaign or touchpoint';
comment on column main.report_member.member is 'name at that level; (none) where the key is unknown';
comment on column main.report_member.member_number is 'stands for breakdown and member together: to group by one number takes half the time of two texts; another one in other versions';
