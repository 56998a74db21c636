create view main.kpi_rfm (
    customer_key bigint,
    display_name varchar,
    division varchar,
    department varchar,
    team varchar,
    sales_person varchar,
    recency_days bigint,
    frequency_count bigint,
    monetary_amount decimal(38, 4),
    recency_score integer,
    frequency_score integer,
    monetary_score integer,
    segment varchar
);

comment on view main.kpi_rfm is 'Who bought lately, often and for much? Formula: recency, frequency and money each scored 1 to 5 by the share of customers that do worse. Grain: customer with at least one order, as of now';
comment on column main.kpi_rfm.customer_key is 'the deduplicated customer, see dim_customer';
comment on column main.kpi_rfm.display_name is 'name to show';
comment on column main.kpi_rfm.division is 'division of the employee of the latest touch; (none) where nobody is named';
comment on column main.kpi_rfm.department is 'department of that employee';
comment on column main.kpi_rfm.team is 'team of that employee';
comment on column main.kpi_rfm.sales_person is 'name of that employee';
comment on column main.kpi_rfm.recency_days is 'days from the latest order to the as-of day';
comment on column main.kpi_rfm.frequency_count is 'orders, cancelled ones left out';
comment on column main.kpi_rfm.monetary_amount is 'value of all orders in the company''s currency';
comment on column main.kpi_rfm.recency_score is '5 = ordered most lately to 1 = longest ago; equal days get equal scores';
comment on column main.kpi_rfm.frequency_score is '5 = most orders to 1 = fewest; equal counts get equal scores';
comment on column main.kpi_rfm.monetary_score is '5 = greatest value to 1 = least';
comment on column main.kpi_rfm.segment is 'champion (all scores 4 or 5), new (one late order), loyal, promising, at risk (once good, long silent) or asleep';
