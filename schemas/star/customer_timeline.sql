create view main.customer_timeline (
    customer_key bigint,
    happened_at timestamptz,
    date_key integer,
    kind varchar,
    what varchar,
    source_system varchar,
    id varchar,
    employee varchar,
    amount decimal(38, 4)
);

comment on view main.customer_timeline is 'What has happened between us and a customer, in order of time? Grain: one touch, stage entered, web visit with an order, order, invoice, credit note, payment, case, change of a subscription or campaign membership; ask it for one customer_key, ordered by date_key and happened_at';
comment on column main.customer_timeline.customer_key is 'the deduplicated customer, see dim_customer; -1 = not known';
comment on column main.customer_timeline.happened_at is 'when it happened; the company''s midnight where the source tells a day only; of a campaign, when the furthest answer came';
comment on column main.customer_timeline.date_key is 'day it happened, see dim_date';
comment on column main.customer_timeline.kind is 'touch, stage, web visit, order, invoice, credit note, payment, repayment, refund, case, subscription or campaign';
comment on column main.customer_timeline.what is 'what happened, in words of the source';
comment on column main.customer_timeline.source_system is 'system that owns the id, as its contract names it';
comment on column main.customer_timeline.id is 'id of it in its source system';
comment on column main.customer_timeline.employee is 'employee who took part; null where none is named';
comment on column main.customer_timeline.amount is 'value in the company''s currency, of a subscription for each month; null where it has none';
