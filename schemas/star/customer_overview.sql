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
    session_count bigint,
    costed_order_amount decimal(38, 4),
    order_margin_amount decimal(38, 4),
    lost_count bigint,
    open_pursuit_count bigint,
    open_pursuit_amount decimal(38, 4),
    won_amount decimal(38, 4),
    touch_in_count bigint,
    two_way_count bigint,
    last_two_way_date_key integer,
    employee_key bigint,
    campaign_count bigint,
    click_count bigint,
    response_count bigint,
    refusal_count bigint,
    case_count bigint,
    open_case_count bigint,
    receivable_amount decimal(38, 4),
    overdue_amount decimal(38, 4),
    stated_margin_amount decimal(38, 4)
);

comment on table main.customer_overview is 'What has each customer brought so far? Grain: one customer who has at least one order, invoice, payment, pursuit, touch or web session';
comment on column main.customer_overview.customer_key is 'the deduplicated customer, see dim_customer; -1 = rows without known customer';
comment on column main.customer_overview.display_name is 'name to show';
comment on column main.customer_overview.party_type is 'person, organisation or unknown';
comment on column main.customer_overview.country_code is 'country of the best address';
comment on column main.customer_overview.order_count is 'distinct orders, cancelled ones left out, and those that only give goods back; where the source has no order ids, the days on which the customer ordered';
comment on column main.customer_overview.order_line_count is 'lines in fact_order_line, all of them';
comment on column main.customer_overview.ordered_amount is 'value of all order lines in the company''s currency; cancelled orders count nothing, orders that cancel another one count negative; lines without a rate are left out';
comment on column main.customer_overview.invoiced_amount is 'net value of all invoice and credit lines in the company''s currency; lines without a rate are left out';
comment on column main.customer_overview.paid_amount is 'money received less money paid back, in the company''s currency; payments without a rate are left out';
comment on column main.customer_overview.first_order_date_key is 'day of the first order, see dim_date; -3 = none yet';
comment on column main.customer_overview.last_order_date_key is 'day of the latest order, see dim_date; -3 = none yet';
comment on column main.customer_overview.pursuit_count is 'pursuits in fact_pipeline';
comment on column main.customer_overview.won_count is 'pursuits that were won';
comment on column main.customer_overview.touch_count is 'calls, mails, meetings and replies';
comment on column main.customer_overview.last_touch_date_key is 'day of the latest of them, see dim_date; -3 = none yet';
comment on column main.customer_overview.session_count is 'web sessions';
comment on column main.customer_overview.costed_order_amount is 'the part of ordered_amount for which a cost is known: lines whose product has one in the company''s currency; null where no product has';
comment on column main.customer_overview.order_margin_amount is 'value of the order lines whose product has a cost in the company''s currency, less that cost; null where no product has';
comment on column main.customer_overview.lost_count is 'pursuits that were closed without being won';
comment on column main.customer_overview.open_pursuit_count is 'pursuits still open';
comment on column main.customer_overview.open_pursuit_amount is 'value of those in the company''s currency; null where none states one';
comment on column main.customer_overview.won_amount is 'value of the pursuits won, in the company''s currency';
comment on column main.customer_overview.touch_in_count is 'touches that came from the customer';
comment on column main.customer_overview.two_way_count is 'touches in which both sides took part';
comment on column main.customer_overview.last_two_way_date_key is 'day of the latest of them, see dim_date; -3 = none yet';
comment on column main.customer_overview.employee_key is 'employee of the latest touch, see dim_employee; -2 = none named';
comment on column main.customer_overview.campaign_count is 'campaigns the customer was selected for';
comment on column main.customer_overview.click_count is 'of those, the ones the customer clicked in';
comment on column main.customer_overview.response_count is 'of those, the ones the customer responded to';
comment on column main.customer_overview.refusal_count is 'of those, the ones the customer unsubscribed from or blocked';
comment on column main.customer_overview.case_count is 'service cases';
comment on column main.customer_overview.open_case_count is 'of those, the ones not settled';
comment on column main.customer_overview.receivable_amount is 'what the customer owes, in the company''s currency; negative where too much was paid';
comment on column main.customer_overview.overdue_amount is 'of that, what is past its due date';
comment on column main.customer_overview.stated_margin_amount is 'margin as finance reports it for the customer; null where no report tells what the customer''s revenue cost';
