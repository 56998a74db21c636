create table main.fact_receivable (
    row_id decimal(38, 0),
    source_system varchar,
    invoice_id varchar,
    order_id varchar,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    invoiced_on date,
    due_on date,
    invoice_date_key integer,
    due_date_key integer,
    invoiced_amount decimal(18, 4),
    credited_amount decimal(18, 4),
    paid_amount decimal(18, 4),
    refunded_amount decimal(18, 4),
    open_amount decimal(18, 4),
    currency_code varchar,
    reporting_open_amount decimal(18, 4),
    last_paid_date_key integer,
    overdue_days integer,
    ageing_bucket varchar,
    is_settled boolean,
    is_overdue boolean,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_receivable is 'Who owes us what, and since when? Grain: one invoice with what was credited and paid on it';
comment on column main.fact_receivable.row_id is 'identity of the source row in the ods: hash of feed and source key, or of the content where the feed has no key';
comment on column main.fact_receivable.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_receivable.invoice_id is 'invoice, unique within its source system';
comment on column main.fact_receivable.order_id is 'order that is billed';
comment on column main.fact_receivable.source_customer_key is 'the party as its source system knows it; never changes, also when customers are merged or split; -1 = the row names no customer';
comment on column main.fact_receivable.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_receivable.invoiced_on is 'date on the document';
comment on column main.fact_receivable.due_on is 'date it is to be paid by';
comment on column main.fact_receivable.invoice_date_key is 'date on the document, see dim_date; -1 = not told';
comment on column main.fact_receivable.due_date_key is 'date it is to be paid by, see dim_date; -1 = not told';
comment on column main.fact_receivable.invoiced_amount is 'total of the document, gross: as the source states it, else its lines with their tax';
comment on column main.fact_receivable.credited_amount is 'total of the credit notes that name the invoice, positive';
comment on column main.fact_receivable.paid_amount is 'payments that name the invoice, less repayments and refunds';
comment on column main.fact_receivable.refunded_amount is 'what was given back of its payments; taken off paid_amount already';
comment on column main.fact_receivable.open_amount is 'invoiced_amount - credited_amount - paid_amount, where the greater of credited_amount and refunded_amount counts as credited; negative where too much was paid';
comment on column main.fact_receivable.currency_code is 'ISO 4217 code of every amount in the row except reporting amounts, see dim_currency';
comment on column main.fact_receivable.reporting_open_amount is 'open_amount in the company''s currency at the rate of the invoice date; null without a rate';
comment on column main.fact_receivable.last_paid_date_key is 'day of the last payment, see dim_date; -3 = none yet';
comment on column main.fact_receivable.overdue_days is 'whole days from the due date to the as-of day; 0 before it and where nothing is open';
comment on column main.fact_receivable.ageing_bucket is 'settled, not due, 1-30 days, 31-60 days, 61-90 days or over 90 days overdue, as of the as-of day';
comment on column main.fact_receivable.is_settled is 'true where nothing is open';
comment on column main.fact_receivable.is_overdue is 'true where something is open past its due date';
comment on column main.fact_receivable.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_receivable.source_row is 'line or worksheet row in that file, from 1';
