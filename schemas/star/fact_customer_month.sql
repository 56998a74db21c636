create table main.fact_customer_month (
    customer_key bigint, -- digest: false
    month_date_key integer,
    order_count bigint,
    order_reporting_amount decimal(38, 4),
    invoiced_reporting_amount decimal(38, 4),
    paid_reporting_amount decimal(38, 4),
    touch_in_count bigint,
    touch_out_count bigint,
    two_way_count bigint,
    session_count bigint,
    case_count bigint,
    won_count bigint,
    lost_count bigint,
    first_order_month_date_key integer,
    months_since_first_order integer,
    cumulative_order_count bigint,
    cumulative_order_reporting_amount decimal(38, 4)
);

comment on table main.fact_customer_month is 'What did each customer do in each month? Grain: customer and month with at least one order, invoice, payment, touch, web session, case or closed pursuit';
comment on column main.fact_customer_month.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_customer_month.month_date_key is 'first day of the month, see dim_date';
comment on column main.fact_customer_month.order_count is 'orders placed, cancelled ones left out, and those that only give goods back; where the source has no order ids, the days on which the customer ordered';
comment on column main.fact_customer_month.order_reporting_amount is 'net value of their lines in the company''s currency, less cancelled and returned; lines without a rate count nothing';
comment on column main.fact_customer_month.invoiced_reporting_amount is 'net amount billed less credited, in the company''s currency';
comment on column main.fact_customer_month.paid_reporting_amount is 'money received less paid back, in the company''s currency';
comment on column main.fact_customer_month.touch_in_count is 'touches that came from the customer';
comment on column main.fact_customer_month.touch_out_count is 'touches that the company began, and those without direction';
comment on column main.fact_customer_month.two_way_count is 'touches in which both sides took part';
comment on column main.fact_customer_month.session_count is 'visits of the web store';
comment on column main.fact_customer_month.case_count is 'service cases opened';
comment on column main.fact_customer_month.won_count is 'pursuits won';
comment on column main.fact_customer_month.lost_count is 'pursuits lost';
comment on column main.fact_customer_month.first_order_month_date_key is 'first day of the month of the customer''s first order (the cohort), see dim_date; -3 = no order yet';
comment on column main.fact_customer_month.months_since_first_order is 'months from that one to this; null before the first order';
comment on column main.fact_customer_month.cumulative_order_count is 'orders from the beginning to the end of the month';
comment on column main.fact_customer_month.cumulative_order_reporting_amount is 'their value, likewise';
