create table main.fact_touch (
    row_id decimal(38, 0),
    source_system varchar,
    activity_id varchar,
    touched_at timestamptz,
    touch_date_key integer,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    employee_key bigint,
    campaign_key bigint,
    channel_key bigint,
    pursuit_key bigint,
    case_id varchar,
    touch_type varchar,
    touch_kind varchar,
    direction varchar,
    touchpoint varchar,
    touchpoint_key bigint,
    outcome varchar,
    duration_minutes bigint,
    replies_to_activity_id varchar,
    is_reply boolean,
    is_two_way boolean,
    is_exact_duplicate boolean,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_touch is 'When did the company and a customer speak, how, and what came of it? Grain: one call, mail, chat, meeting, visit or reply';
comment on column main.fact_touch.row_id is 'identity of the source row in the ods: hash of feed and source key, or of the content where the feed has no key';
comment on column main.fact_touch.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_touch.activity_id is 'activity, unique within its source system';
comment on column main.fact_touch.touched_at is 'when it happened';
comment on column main.fact_touch.touch_date_key is 'day it happened in the company''s zone, see dim_date; -1 = not told';
comment on column main.fact_touch.source_customer_key is 'the party as its source system knows it; never changes, also when customers are merged or split; -1 = the row names no customer';
comment on column main.fact_touch.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_touch.employee_key is 'employee who took part, see dim_employee; -2 = the row names none';
comment on column main.fact_touch.campaign_key is 'campaign that the source credits, see dim_campaign; -2 = the row names none';
comment on column main.fact_touch.channel_key is 'marketing channel of the campaign, see dim_channel; -2 = no campaign named';
comment on column main.fact_touch.pursuit_key is 'pursuit the touch belongs to, see fact_pipeline; -1 = named but not known, -2 = none named';
comment on column main.fact_touch.case_id is 'service case it belongs to, see fact_case';
comment on column main.fact_touch.touch_type is 'call, mail, chat, meeting, visit, reply, letter or another word of the source, lower case';
comment on column main.fact_touch.touch_kind is 'call, mail, reply, chat, message, meeting, visit, letter, form or task: the words of all sources under one name; null where the word is not known';
comment on column main.fact_touch.direction is 'in (from the customer), out, or null where the source does not tell';
comment on column main.fact_touch.touchpoint is 'where it happened (call centre, branch, internet), word of the source';
comment on column main.fact_touch.touchpoint_key is 'where it happened, see dim_touchpoint; -1 = word not known, -2 = the row names none';
comment on column main.fact_touch.outcome is 'what came of it, word of the source';
comment on column main.fact_touch.duration_minutes is 'how long it took';
comment on column main.fact_touch.replies_to_activity_id is 'activity of the same system that it answers';
comment on column main.fact_touch.is_reply is 'true where it answers an earlier activity or is called a reply';
comment on column main.fact_touch.is_two_way is 'true where both sides took part: a call, chat, meeting or visit that reached somebody, or a reply';
comment on column main.fact_touch.is_exact_duplicate is 'true where an equal row came before it in the same delivery; such rows are kept, since two equal lines may be two sales';
comment on column main.fact_touch.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_touch.source_row is 'line or worksheet row in that file, from 1';
