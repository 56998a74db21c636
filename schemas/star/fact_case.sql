create table main.fact_case (
    row_id decimal(38, 0),
    source_system varchar,
    case_id varchar,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    employee_key bigint,
    order_id varchar,
    case_type varchar,
    touchpoint_key bigint,
    touch_kind varchar,
    priority varchar,
    case_status varchar,
    progress varchar,
    opened_at timestamptz,
    first_reply_at timestamptz,
    closed_at timestamptz,
    opened_date_key integer,
    first_reply_date_key integer,
    closed_date_key integer,
    first_reply_minutes bigint,
    first_reply_business_minutes bigint,
    settle_minutes bigint,
    settle_business_minutes bigint,
    touch_count bigint,
    is_open boolean,
    is_exact_duplicate boolean,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_case is 'What did customers ask or complain about, and how long did it take to settle? Grain: one service case in its present state';
comment on column main.fact_case.row_id is 'identity of the source row in the ods: hash of feed and source key, or of the content where the feed has no key';
comment on column main.fact_case.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_case.case_id is 'case, unique within its source system';
comment on column main.fact_case.source_customer_key is 'the party as its source system knows it; never changes, also when customers are merged or split; -1 = the row names no customer';
comment on column main.fact_case.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_case.employee_key is 'employee who owns the case, see dim_employee; -2 = none named';
comment on column main.fact_case.order_id is 'order it is about';
comment on column main.fact_case.case_type is 'type word of the source';
comment on column main.fact_case.touchpoint_key is 'where it came in, see dim_touchpoint; -1 = word not known, -2 = none named';
comment on column main.fact_case.touch_kind is 'call, mail, chat, message, letter or form: how it came in, by the source''s word, else by the touchpoint; null where neither tells';
comment on column main.fact_case.priority is 'priority word of the source';
comment on column main.fact_case.case_status is 'status word of the source';
comment on column main.fact_case.progress is 'open, waiting or settled; null where the word is not known and no closing time is told';
comment on column main.fact_case.opened_at is 'when it came in';
comment on column main.fact_case.first_reply_at is 'first reply of the company; null = none yet';
comment on column main.fact_case.closed_at is 'when it was settled; null = not yet';
comment on column main.fact_case.opened_date_key is 'day of opened_at, see dim_date; -1 = not told';
comment on column main.fact_case.first_reply_date_key is 'day of first_reply_at, see dim_date; -3 = none yet';
comment on column main.fact_case.closed_date_key is 'day of closed_at, see dim_date; -3 = not yet';
comment on column main.fact_case.first_reply_minutes is 'whole minutes from coming in to the first reply';
comment on column main.fact_case.first_reply_business_minutes is 'the same, counting the company''s business hours only';
comment on column main.fact_case.settle_minutes is 'whole minutes from coming in to settling; negative where the source ends it before it began';
comment on column main.fact_case.settle_business_minutes is 'the same, counting the company''s business hours only';
comment on column main.fact_case.touch_count is 'touches that name the case';
comment on column main.fact_case.is_open is 'true while it is not settled';
comment on column main.fact_case.is_exact_duplicate is 'true where an equal row came before it in the same delivery; such rows are kept, since two equal lines may be two sales';
comment on column main.fact_case.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_case.source_row is 'line or worksheet row in that file, from 1';
