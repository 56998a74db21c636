create table main.dim_touchpoint (
    touchpoint_key bigint,
    touchpoint_id varchar,
    name varchar,
    touchpoint_group varchar,
    is_two_way boolean
);

comment on table main.dim_touchpoint is 'Where do customer and company meet? One row for each touchpoint of the fixed list; sources'' words are mapped onto it';
comment on column main.dim_touchpoint.touchpoint_key is 'fixed number of the touchpoint; -1 word not known, -2 none stated, -3 not yet happened';
comment on column main.dim_touchpoint.touchpoint_id is 'short name used in settings (call_centre)';
comment on column main.dim_touchpoint.name is 'touchpoint as people call it';
comment on column main.dim_touchpoint.touchpoint_group is 'personal, telephone, written or online';
comment on column main.dim_touchpoint.is_two_way is 'true where both sides take part at once (a call, a chat, a visit)';
