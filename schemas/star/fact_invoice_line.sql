create table main.fact_invoice_line (
    row_id decimal(38, 0),
    source_system varchar,
    invoice_id varchar,
    line_id varchar,
    document_type varchar,
    credited_invoice_id varchar,
    order_id varchar,
    opportunity_id varchar,
    invoiced_on date,
    due_on date,
    invoice_date_key integer,
    due_date_key integer,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    product_key bigint,
    employee_key bigint,
    quantity decimal(18, 4),
    unit_price decimal(18, 4),
    tax_amount decimal(18, 4),
    line_amount decimal(18, 4),
    currency_code varchar,
    reporting_amount decimal(18, 4),
    invoice_status varchar,
    is_void boolean,
    is_whole_document boolean,
    is_exact_duplicate boolean,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_invoice_line is 'What was billed and credited? Grain: one line of one invoice or credit note; a document that tells its total and no lines has one row';
comment on column main.fact_invoice_line.row_id is 'identity of the source row in the ods: hash of feed and source key, or of the content where the feed has no key';
comment on column main.fact_invoice_line.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_invoice_line.invoice_id is 'invoice or credit note, unique within its source system';
comment on column main.fact_invoice_line.line_id is 'line within the document';
comment on column main.fact_invoice_line.document_type is 'invoice or credit_note; null where the document itself was not delivered';
comment on column main.fact_invoice_line.credited_invoice_id is 'invoice that a credit note corrects';
comment on column main.fact_invoice_line.order_id is 'order that is billed';
comment on column main.fact_invoice_line.opportunity_id is 'opportunity that is billed';
comment on column main.fact_invoice_line.invoiced_on is 'date on the document';
comment on column main.fact_invoice_line.due_on is 'date the document is to be paid by';
comment on column main.fact_invoice_line.invoice_date_key is 'date on the document, see dim_date; -1 = not told';
comment on column main.fact_invoice_line.due_date_key is 'date it is to be paid by, see dim_date; -1 = not told';
comment on column main.fact_invoice_line.source_customer_key is 'the party as its source system knows it; never changes, also when customers are merged or split; -1 = the row names no customer';
comment on column main.fact_invoice_line.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_invoice_line.product_key is 'product, see dim_product; -1 = the row names none, -2 = the row stands for a whole document';
comment on column main.fact_invoice_line.employee_key is 'sales person of the order that is billed, else of the opportunity, else of the customer''s account, see dim_employee; -2 = none of them names one';
comment on column main.fact_invoice_line.quantity is 'units billed; negative on a credit note where the source does so';
comment on column main.fact_invoice_line.unit_price is 'price of one unit, net';
comment on column main.fact_invoice_line.tax_amount is 'tax on the line';
comment on column main.fact_invoice_line.line_amount is 'net amount as the source states it, else quantity x unit_price less the discount, rounded to 4 places; the lines of a credit note add up to what is negative';
comment on column main.fact_invoice_line.currency_code is 'ISO 4217 code of every amount in the row except reporting amounts, see dim_currency';
comment on column main.fact_invoice_line.reporting_amount is 'line_amount in the company''s currency at the rate of the invoice date; null without a rate';
comment on column main.fact_invoice_line.invoice_status is 'status word of the document';
comment on column main.fact_invoice_line.is_void is 'true where the status says that nothing is billed (void, draft); sums of customers, months and revenue leave such lines out';
comment on column main.fact_invoice_line.is_whole_document is 'true where the document tells what it comes to and none of its lines: line_amount is its total less the tax that it tells, gross where it tells none';
comment on column main.fact_invoice_line.is_exact_duplicate is 'true where an equal row came before it in the same delivery; such rows are kept, since two equal lines may be two sales';
comment on column main.fact_invoice_line.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_invoice_line.source_row is 'line or worksheet row in that file, from 1';
