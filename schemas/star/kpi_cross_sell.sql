create table main.kpi_cross_sell (
    breakdown varchar,
    member varchar,
    category varchar,
    other_category varchar,
    both_customer_count bigint,
    customer_count bigint,
    cross_sell_rate decimal(18, 6),
    other_customer_count bigint,
    buyer_count bigint,
    lift decimal(18, 6)
);

comment on table main.kpi_cross_sell is 'Which kinds of products do customers of one kind buy too? Formula: both_customer_count / customer_count; lift = that rate / share of all buyers who buy the other kind. Grain: breakdown, member, category and other category, all time; a table, since counting it needs every order line';
comment on column main.kpi_cross_sell.breakdown is 'what members are: all, party type, country, or division, department and team of the latest touch; take one';
comment on column main.kpi_cross_sell.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_cross_sell.category is 'kind of product a customer bought';
comment on column main.kpi_cross_sell.other_category is 'other kind of product';
comment on column main.kpi_cross_sell.both_customer_count is 'customers who bought both; numerator';
comment on column main.kpi_cross_sell.customer_count is 'customers who bought the category; denominator';
comment on column main.kpi_cross_sell.cross_sell_rate is 'both_customer_count / customer_count';
comment on column main.kpi_cross_sell.other_customer_count is 'customers who bought the other category';
comment on column main.kpi_cross_sell.buyer_count is 'customers who bought anything with a category';
comment on column main.kpi_cross_sell.lift is 'above 1: customers of the category buy the other more often than others do';
