create table main.fact_subscription (
    row_id decimal(38, 0),
    source_system varchar,
    subscription_id varchar,
    term_number bigint,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    product_key bigint,
    employee_key bigint,
    plan varchar,
    quantity decimal(18, 4),
    billing_interval varchar,
    billing_interval_count bigint,
    monthly_amount decimal(18, 4),
    currency_code varchar,
    reporting_amount decimal(18, 4),
    reporting_change_amount decimal(18, 4),
    subscription_status varchar,
    progress varchar,
    from_at timestamptz,
    to_at timestamptz,
    from_date_key integer,
    to_date_key integer,
    begun_date_key integer,
    is_start boolean,
    is_end boolean,
    is_latest boolean,
    is_counted boolean,
    is_running boolean,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_subscription is 'Which subscriptions do customers have, and what does each bring a month? Grain: one term of one subscription, the time in which product, quantity and price stayed as they were';
comment on column main.fact_subscription.row_id is 'identity of the source row in the ods: hash of feed and source key, or of the content where the feed has no key';
comment on column main.fact_subscription.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_subscription.subscription_id is 'subscription, unique within its source system';
comment on column main.fact_subscription.term_number is '1 for the first term of the subscription, then in order of time';
comment on column main.fact_subscription.source_customer_key is 'the party as its source system knows it; never changes, also when customers are merged or split; -1 = the row names no customer';
comment on column main.fact_subscription.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_subscription.product_key is 'product or plan subscribed to, see dim_product; -2 = none named, or several items';
comment on column main.fact_subscription.employee_key is 'sales person who looks after it, see dim_employee; -2 = none named';
comment on column main.fact_subscription.plan is 'name of the plan as the source writes it';
comment on column main.fact_subscription.quantity is 'units or seats, summed over its items';
comment on column main.fact_subscription.billing_interval is 'day, week, month, quarter, half year or year; null where the source does not tell, or its items do';
comment on column main.fact_subscription.billing_interval_count is 'how many of them are charged at once';
comment on column main.fact_subscription.monthly_amount is 'what it brings a month, net: a year has 12 months, 52 weeks, 365 days; 0 while it rests; null where amount or interval are not told, which counts as 0';
comment on column main.fact_subscription.currency_code is 'ISO 4217 code of every amount in the row except reporting amounts, see dim_currency';
comment on column main.fact_subscription.reporting_amount is 'monthly_amount in the company''s currency at the rate of the day the term began; null without a rate';
comment on column main.fact_subscription.reporting_change_amount is 'how much more or less a month than the term before; the whole where the subscription begins';
comment on column main.fact_subscription.subscription_status is 'status word of the source as of now';
comment on column main.fact_subscription.progress is 'active, trial, paused, ended or draft, as told last in the term; null where the word is not known';
comment on column main.fact_subscription.from_at is 'when the term began: after a free trial, at the change that opened it';
comment on column main.fact_subscription.to_at is 'when it ended or will end, by a change or for good; null = goes on';
comment on column main.fact_subscription.from_date_key is 'day of from_at in the company''s zone, see dim_date; -1 = not told';
comment on column main.fact_subscription.to_date_key is 'day of to_at in the company''s zone, see dim_date; -3 = goes on';
comment on column main.fact_subscription.begun_date_key is 'day on which the subscription began, or began again, without a gap until this term';
comment on column main.fact_subscription.is_start is 'true where nothing goes before, or a gap does';
comment on column main.fact_subscription.is_end is 'true where nothing follows the end of the term, or a gap does';
comment on column main.fact_subscription.is_latest is 'true in one row of each subscription: how it stands now, or stood last';
comment on column main.fact_subscription.is_counted is 'true where the term lasted; drafts, and what ended within its free trial, or at a time that nothing tells, stand in no count or sum';
comment on column main.fact_subscription.is_running is 'true where the term is the one of now: begun, counted and not over';
comment on column main.fact_subscription.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_subscription.source_row is 'line or worksheet row in that file, from 1';
