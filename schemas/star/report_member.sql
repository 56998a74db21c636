create table main.report_member (
    dimension varchar,
    key bigint,
    breakdown varchar,
    member varchar,
    member_number bigint
);

comment on table main.report_member is 'To which division, department, team, person, channel, campaign, touchpoint or source system does a key belong? Grain: dimension, key and breakdown; the KPIs join it to give every figure for each of them';
comment on column main.report_member.dimension is 'what the key is of: all, employee, owner (an employee, without division), division (an org_unit_key), unit (an org_unit_key: its department and team), channel, campaign, owner of campaign (a campaign_key: its division), touchpoint, pipeline (where a source tells of any) or source system';
comment on column main.report_member.key is 'key in that dimension; 0 for the whole; a source system''s is another one in other versions';
comment on column main.report_member.breakdown is 'level the figure is asked for: all, division, department (where the company tells of any), team, sales person, channel, campaign, touchpoint, pipeline (where a source tells of any) or source system';
comment on column main.report_member.member is 'name at that level; (none) where the key is unknown';
comment on column main.report_member.member_number is 'stands for breakdown and member together: to group by one number takes half the time of two texts; another one in other versions';
