create view main.kpi_cohort_retention (
    breakdown varchar,
    member varchar,
    cohort varchar,
    months_since_first_order integer,
    is_month_over boolean,
    cohort_customer_count bigint,
    active_customer_count bigint,
    retention decimal(18, 6),
    order_count bigint,
    order_amount decimal(38, 4),
    cumulative_amount decimal(38, 4),
    lifetime_amount_per_customer decimal(18, 4)
);

comment on view main.kpi_cohort_retention is 'Of the customers who first ordered in a month, how many order again one, two, three… months later? Formula: active_customer_count / cohort_customer_count. Grain: breakdown, member, month of the first order and months since, up to the as-of month; is_month_over says whether that one is';
comment on column main.kpi_cohort_retention.breakdown is 'what members are: all, party type, country, or division, department, team and sales person of the latest touch; take one';
comment on column main.kpi_cohort_retention.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_cohort_retention.cohort is 'month of the first order, 2026-03';
comment on column main.kpi_cohort_retention.months_since_first_order is '0 is the month of the first order';
comment on column main.kpi_cohort_retention.is_month_over is 'false for the as-of month before its last day: more orders of it may follow';
comment on column main.kpi_cohort_retention.cohort_customer_count is 'customers whose first order lies in the month; denominator';
comment on column main.kpi_cohort_retention.active_customer_count is 'of those, customers who ordered in this later month; numerator';
comment on column main.kpi_cohort_retention.retention is 'active_customer_count / cohort_customer_count';
comment on column main.kpi_cohort_retention.order_count is 'orders of the cohort in this later month';
comment on column main.kpi_cohort_retention.order_amount is 'value of those orders, in the company''s currency';
comment on column main.kpi_cohort_retention.cumulative_amount is 'the same, from the first order to this month';
comment on column main.kpi_cohort_retention.lifetime_amount_per_customer is 'cumulative_amount / cohort_customer_count';
