create view main.kpi_lifetime_value (
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    customer_count bigint,
    order_count bigint,
    ordered_amount decimal(38, 4),
    costed_order_amount decimal(38, 4),
    order_margin_amount decimal(38, 4),
    customer_days bigint,
    lifetime_amount_per_customer decimal(18, 4),
    lifetime_margin_per_customer decimal(18, 4),
    average_order_amount decimal(18, 4),
    orders_per_year decimal(18, 6),
    yearly_amount_per_customer decimal(18, 4)
);

comment on view main.kpi_lifetime_value is 'What is a customer worth so far, and at the present pace in a year? Formula: ordered_amount / customer_count; 365 x ordered_amount / customer_days. Grain: breakdown, member and period in which they first ordered; customers with at least one order';
comment on column main.kpi_lifetime_value.breakdown is 'what members are: all, party type, country, or division, department, team and sales person of the latest touch; take one';
comment on column main.kpi_lifetime_value.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_lifetime_value.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_lifetime_value.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_lifetime_value.customer_count is 'customers with at least one order; denominator';
comment on column main.kpi_lifetime_value.order_count is 'orders, cancelled ones left out';
comment on column main.kpi_lifetime_value.ordered_amount is 'value of all order lines in the company''s currency, cancelled ones taken off';
comment on column main.kpi_lifetime_value.costed_order_amount is 'the part of ordered_amount for which a cost is known; null where none is';
comment on column main.kpi_lifetime_value.order_margin_amount is 'order value less cost of goods, for lines whose product has a cost; null where none has';
comment on column main.kpi_lifetime_value.customer_days is 'days from each first order to the as-of day, summed; denominator of the yearly figures';
comment on column main.kpi_lifetime_value.lifetime_amount_per_customer is 'ordered_amount / customer_count';
comment on column main.kpi_lifetime_value.lifetime_margin_per_customer is 'order_margin_amount / customer_count, of all customers, also those whose orders have no known cost; null where no cost is known';
comment on column main.kpi_lifetime_value.average_order_amount is 'ordered_amount / order_count';
comment on column main.kpi_lifetime_value.orders_per_year is '365 x order_count / customer_days; null where no day has passed. Who came a few weeks ago is put too high, since each has ordered once at least';
comment on column main.kpi_lifetime_value.yearly_amount_per_customer is '365 x ordered_amount / customer_days, for one customer on average; null where no day has passed. Too high for those who came a few weeks ago, see orders_per_year';
