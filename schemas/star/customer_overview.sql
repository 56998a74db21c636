create table main.customer_overview (
    customer_key bigint, -- digest: false
    display_name varchar,
    party_type varchar,
    country_code varchar,
    order_count bigint,
    order_line_count bigint,
    ordered_amount decimal(38, 4),
    invoiced_amount decimal(38, 4),
    paid_amount decimal(38, 4),
    first_order_date_key integer,
    last_order_date_key integer,
    pursuit_count bigint,
    won_count bigint,
    touch_count bigint,
    last_touch_date_key integer,
    session_count bigint
);

comment on table main.customer_overview is 'What has each customer brought so far? Grain: one customer who has at least one order, invoice, payment, pursuit, touch or web session';
comment on column main.customer_overview.customer_key is 'the deduplicated customer, see dim_customer; -1 = rows without known customer';
comment on column main.customer_overview.display_name is 'name to show';
comment on column main.customer_overview.party_type is 'person, organisation or unknown';
comment on column main.customer_overview.country_code is 'country of the best address';
comment on column main.customer_overview.order_count is 'distinct orders, cancelled ones left out';
comment on column main.customer_overview.order_line_count is 'lines in fact_order_line, all of them';
comment on column main.customer_overview.ordered_amount is 'value of all order lines in the company''s currency, cancel lines included with their sign; lines without a rate are left out';
comment on column main.customer_overview.invoiced_amount is 'net value of all invoice and credit lines in the company''s currency; lines without a rate are left out';
comment on column main.customer_overview.paid_amount is 'money received less money paid back, in the company''s currency; payments without a rate are left out';
comment on column main.customer_overview.first_order_date_key is 'day of the first order, see dim_date; -3 = none yet';
comment on column main.customer_overview.last_order_date_key is 'day of the latest order, see dim_date; -3 = none yet';
comment on column main.customer_overview.pursuit_count is 'pursuits in fact_pipeline';
comment on column main.customer_overview.won_count is 'pursuits that were won';
comment on column main.customer_overview.touch_count is 'calls, mails, meetings and replies';
comment on column main.customer_overview.last_touch_date_key is 'day of the latest of them, see dim_date; -3 = none yet';
comment on column main.customer_overview.session_count is 'web sessions';
