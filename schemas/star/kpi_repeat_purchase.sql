create view main.kpi_repeat_purchase (
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    customer_count bigint,
    repeat_customer_count bigint,
    third_order_customer_count bigint,
    order_count bigint,
    ordered_amount decimal(38, 4),
    repeat_customer_amount decimal(38, 4),
    repeat_rate decimal(18, 6),
    third_order_rate decimal(18, 6),
    orders_per_customer decimal(18, 6)
);

comment on view main.kpi_repeat_purchase is 'Which share of the customers who ordered came back? Formula: repeat_customer_count / customer_count. Grain: breakdown, member and period in which the customers first ordered';
comment on column main.kpi_repeat_purchase.breakdown is 'what members are: all, party type, country, or division, department, team and sales person of the latest touch; take one';
comment on column main.kpi_repeat_purchase.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_repeat_purchase.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_repeat_purchase.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_repeat_purchase.customer_count is 'customers with at least one order; denominator of repeat_rate';
comment on column main.kpi_repeat_purchase.repeat_customer_count is 'customers with two orders or more; numerator of repeat_rate, denominator of third_order_rate';
comment on column main.kpi_repeat_purchase.third_order_customer_count is 'customers with three orders or more';
comment on column main.kpi_repeat_purchase.order_count is 'orders, cancelled ones left out, and those that only give goods back';
comment on column main.kpi_repeat_purchase.ordered_amount is 'value of all order lines in the company''s currency, cancelled ones taken off';
comment on column main.kpi_repeat_purchase.repeat_customer_amount is 'value of all orders of those with two or more';
comment on column main.kpi_repeat_purchase.repeat_rate is 'repeat_customer_count / customer_count';
comment on column main.kpi_repeat_purchase.third_order_rate is 'third_order_customer_count / repeat_customer_count; null where nobody came back';
comment on column main.kpi_repeat_purchase.orders_per_customer is 'order_count / customer_count';
