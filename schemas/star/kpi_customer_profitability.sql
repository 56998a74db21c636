create view main.kpi_customer_profitability (
    customer_key bigint,
    display_name varchar,
    division varchar,
    department varchar,
    team varchar,
    sales_person varchar,
    ordered_amount decimal(38, 4),
    invoiced_amount decimal(38, 4),
    costed_order_amount decimal(38, 4),
    order_margin_amount decimal(38, 4),
    stated_margin_amount decimal(38, 4),
    margin_amount decimal(38, 4),
    order_margin_share decimal(18, 6),
    cost_coverage decimal(18, 6)
);

comment on view main.kpi_customer_profitability is 'What is left of each customer''s orders once the goods are paid for? Formula: margin as finance reports it, else order value - quantity x unit cost. Grain: customer with a margin, all time (by period: kpi_profitability)';
comment on column main.kpi_customer_profitability.customer_key is 'the deduplicated customer, see dim_customer';
comment on column main.kpi_customer_profitability.display_name is 'name to show';
comment on column main.kpi_customer_profitability.division is 'division of the latest touch';
comment on column main.kpi_customer_profitability.department is 'department of that employee';
comment on column main.kpi_customer_profitability.team is 'team of the latest touch';
comment on column main.kpi_customer_profitability.sales_person is 'name of that employee';
comment on column main.kpi_customer_profitability.ordered_amount is 'value of all order lines in the company''s currency, cancelled ones taken off';
comment on column main.kpi_customer_profitability.invoiced_amount is 'net value billed less credited, in the company''s currency';
comment on column main.kpi_customer_profitability.costed_order_amount is 'the part of ordered_amount for which a cost is known; null where none is';
comment on column main.kpi_customer_profitability.order_margin_amount is 'order value less cost of goods, for lines whose product has a cost; null where none has';
comment on column main.kpi_customer_profitability.stated_margin_amount is 'margin as finance reports it for the customer; null where it does not tell what the revenue cost';
comment on column main.kpi_customer_profitability.margin_amount is 'stated_margin_amount, else order_margin_amount';
comment on column main.kpi_customer_profitability.order_margin_share is 'order_margin_amount / costed_order_amount; null where no cost is known';
comment on column main.kpi_customer_profitability.cost_coverage is 'costed_order_amount / ordered_amount: for which share of the orders the margin speaks; null where nothing was ordered';
