create table main.fact_payment (
    row_id decimal(38, 0),
    source_system varchar,
    payment_id varchar,
    refund_id varchar,
    invoice_id varchar,
    order_id varchar,
    paid_at timestamptz,
    paid_date_key integer,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    method varchar,
    status varchar,
    reason varchar,
    amount decimal(18, 4),
    currency_code varchar,
    reporting_amount decimal(18, 4),
    is_refund boolean,
    is_failed boolean,
    is_exact_duplicate boolean,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_payment is 'What was paid or given back, when, by whom? Grain: one payment, repayment or refund';
comment on column main.fact_payment.row_id is 'identity of the source row in the ods: hash of feed and source key, or of the content where the feed has no key';
comment on column main.fact_payment.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_payment.payment_id is 'payment, unique within its source system; of a refund, the payment it gives back';
comment on column main.fact_payment.refund_id is 'refund, unique within its source system; null on payments';
comment on column main.fact_payment.invoice_id is 'invoice it pays; of a refund, the one its payment paid';
comment on column main.fact_payment.order_id is 'order it pays; of a refund, the one it gives money back for';
comment on column main.fact_payment.paid_at is 'when it was received or given back';
comment on column main.fact_payment.paid_date_key is 'day it was received or given back in the company''s zone, see dim_date; -1 = not told';
comment on column main.fact_payment.source_customer_key is 'the party as its source system knows it: the row''s, else the refunded payment''s, else the invoice''s, else the order''s; -1 = none named';
comment on column main.fact_payment.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_payment.method is 'card, transfer, cash or another word of the source';
comment on column main.fact_payment.status is 'status word of the source';
comment on column main.fact_payment.reason is 'why it was given back, in the words of the source';
comment on column main.fact_payment.amount is 'money received; negative where paid or given back';
comment on column main.fact_payment.currency_code is 'ISO 4217 code of every amount in the row except reporting amounts, see dim_currency';
comment on column main.fact_payment.reporting_amount is 'amount in the company''s currency at the rate of the day; null without a rate';
comment on column main.fact_payment.is_refund is 'true where the source reports a refund';
comment on column main.fact_payment.is_failed is 'true where the status says that no money moved; sums of customers, months and invoices leave such rows out';
comment on column main.fact_payment.is_exact_duplicate is 'true where an equal row came before it in the same delivery; such rows are kept, since two equal lines may be two sales';
comment on column main.fact_payment.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_payment.source_row is 'line or worksheet row in that file, from 1';
