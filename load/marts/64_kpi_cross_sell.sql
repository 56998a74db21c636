-- Question: which kinds of products do customers of one kind buy too?
-- Grain: category a customer bought and other category; a table, since counting it needs every order line.
-- Sources: fact_order_line, dim_product.

with bought as (
    select distinct
        line.customer_key,
        product.category
    from warehouse.fact_order_line as line
    inner join warehouse.dim_product as product using (product_key)
    where line.customer_key > 0 and not line.is_cancelled and product.category is not null
),

size as (
    select
        category,
        count(*) as customer_count
    from bought
    group by category
),

pair as (
    select
        one.category,
        other.category as other_category,
        count(*) as both_customer_count
    from bought as one
    inner join bought as other on other.customer_key = one.customer_key and other.category <> one.category
    group by all
),

everybody as (
    select count(distinct customer_key) as buyer_count
    from bought
)

select
    one.category,
    other.category as other_category,
    coalesce(pair.both_customer_count, 0) as both_customer_count,
    one.customer_count,
    cast(coalesce(pair.both_customer_count, 0) / nullif(one.customer_count, 0) as decimal(18, 6)) as cross_sell_rate,
    other.customer_count as other_customer_count,
    everybody.buyer_count,
    cast(
        cast(coalesce(pair.both_customer_count, 0) as decimal(38, 0)) * everybody.buyer_count
        / nullif(one.customer_count * other.customer_count, 0) as decimal(18, 6)
    ) as lift

from size as one
inner join size as other on other.category <> one.category
cross join everybody
left join pair on pair.category = one.category and pair.other_category = other.category
