create table main.customer_key_map (
    old_customer_key bigint, -- digest: false
    customer_key bigint, -- digest: false
    reason varchar -- digest: false
);

comment on table main.customer_key_map is 'Which customer does an old customer number mean today? One row for each number that was merged into another or retired';
comment on column main.customer_key_map.old_customer_key is 'number as it was once published';
comment on column main.customer_key_map.customer_key is 'number that stands for it now';
comment on column main.customer_key_map.reason is 'what happened to it (absorbed, retired)';
