create table main.rejected_row (
    reject_id bigint,
    feed_name varchar,
    source_system varchar,
    entity varchar,
    file varchar,
    sheet varchar,
    source_row bigint, -- digest: false
    place varchar, -- digest: false
    columns varchar,
    reason varchar,
    employee_key bigint
);

comment on table main.rejected_row is 'Which delivered rows were refused and still wait for a correction, where do they stand, and whose are they? Grain: open rejected row; its values stay in the quarantine';
comment on column main.rejected_row.reject_id is 'names the rejected row, see quarantine.row';
comment on column main.rejected_row.feed_name is 'feed it came in with';
comment on column main.rejected_row.source_system is 'system that owns the ids in the feed, as its contract names it';
comment on column main.rejected_row.entity is 'what the row would have become (lead, order); null where it could not be decoded';
comment on column main.rejected_row.file is 'path as delivered';
comment on column main.rejected_row.sheet is 'worksheet; empty where the format has none';
comment on column main.rejected_row.source_row is 'line or worksheet row, from 1';
comment on column main.rejected_row.place is 'where to look: FILE:ROW, FILE#SHEET!ROW or FILE#SHEET!CELL';
comment on column main.rejected_row.columns is 'delivered columns that are wrong; null where the whole row is';
comment on column main.rejected_row.reason is 'what is wrong and what was expected, without the values';
comment on column main.rejected_row.employee_key is 'employee whom the row names, see dim_employee; -2 = none that is known';
