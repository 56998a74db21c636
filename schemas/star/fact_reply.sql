create table main.fact_reply (
    reply_key bigint,
    row_id decimal(38, 0),
    source_system varchar,
    question_kind varchar,
    activity_id varchar,
    case_id varchar,
    asked_by varchar,
    touch_type varchar,
    touchpoint_key bigint,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    employee_key bigint,
    asked_at timestamptz,
    asked_date_key integer,
    first_reply_at timestamptz,
    last_reply_at timestamptz,
    first_reply_date_key integer,
    reply_count bigint,
    answer_kind varchar,
    is_answered boolean,
    first_reply_minutes bigint,
    first_reply_business_minutes bigint,
    total_reply_minutes bigint,
    total_reply_business_minutes bigint,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_reply is 'How fast does each side answer? Grain: one question: a touch that was answered or waits for an answer, or a case';
comment on column main.fact_reply.reply_key is 'derived from the asking row, the same in every build';
comment on column main.fact_reply.row_id is 'identity of the asking row in the ods, an activity''s or a case''s';
comment on column main.fact_reply.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_reply.question_kind is 'touch or case';
comment on column main.fact_reply.activity_id is 'touch that asked, unique within its source system; null for a case';
comment on column main.fact_reply.case_id is 'case that was opened, or that the touch belongs to';
comment on column main.fact_reply.asked_by is 'customer or company';
comment on column main.fact_reply.touch_type is 'call, mail, chat, message, letter, form, meeting or visit; null where a case does not tell';
comment on column main.fact_reply.touchpoint_key is 'where the two sides met, see dim_touchpoint; -1 = word not known, -2 = the row names none';
comment on column main.fact_reply.source_customer_key is 'the party as its source system knows it; never changes, also when customers are merged or split; -1 = the row names no customer';
comment on column main.fact_reply.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_reply.employee_key is 'employee who gave the first answer, else who was asked, see dim_employee; -2 = none named';
comment on column main.fact_reply.asked_at is 'when it was asked';
comment on column main.fact_reply.asked_date_key is 'day of asked_at, see dim_date; -1 = not told';
comment on column main.fact_reply.first_reply_at is 'first answer; null = none yet';
comment on column main.fact_reply.last_reply_at is 'last answer, for a case when it was settled; null = none yet';
comment on column main.fact_reply.first_reply_date_key is 'day of first_reply_at, see dim_date; -3 = none yet';
comment on column main.fact_reply.reply_count is 'answers that name the question; 1 where the answer is taken from the order of touches or given at once';
comment on column main.fact_reply.answer_kind is 'linked (names what it answers), at once (a call, chat or meeting that reached somebody), next touch (the company''s next touch within 30 days), case, or none';
comment on column main.fact_reply.is_answered is 'true where there is an answer';
comment on column main.fact_reply.first_reply_minutes is 'whole minutes from question to first answer';
comment on column main.fact_reply.first_reply_business_minutes is 'the same, counting the company''s business hours only';
comment on column main.fact_reply.total_reply_minutes is 'whole minutes from question to last answer';
comment on column main.fact_reply.total_reply_business_minutes is 'the same, counting the company''s business hours only';
comment on column main.fact_reply.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_reply.source_row is 'line or worksheet row in that file, from 1';
