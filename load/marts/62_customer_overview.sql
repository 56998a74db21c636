-- Question: what has each customer brought so far?
-- Grain: customer with at least one order, invoice, payment, pursuit, touch or web session.
-- Sources: all facts, dim_customer.

with placed as (
    select
        customer_key,
        source_system,
        order_id,
        bool_or(not is_cancelled) as is_valid,
        count(*) as line_count,
        sum(reporting_amount) as amount,
        min(order_date_key) filter (where order_date_key > 0 and not is_cancelled) as first_date_key,
        max(order_date_key) filter (where order_date_key > 0 and not is_cancelled) as last_date_key
    from warehouse.fact_order_line
    group by customer_key, source_system, order_id
),

parts as (
    select
        customer_key,
        count(*) filter (where is_valid and order_id is not null) as order_count,
        sum(line_count) as order_line_count,
        sum(amount) as ordered_amount,
        min(first_date_key) as first_order_date_key,
        max(last_date_key) as last_order_date_key
    from placed
    group by customer_key

    union all by name

    select
        customer_key,
        sum(reporting_amount) as invoiced_amount
    from warehouse.fact_invoice_line
    group by customer_key

    union all by name

    select
        customer_key,
        sum(reporting_amount) as paid_amount
    from warehouse.fact_payment
    group by customer_key

    union all by name

    select
        customer_key,
        count(*) as pursuit_count,
        count(*) filter (where is_won) as won_count
    from warehouse.fact_pipeline
    group by customer_key

    union all by name

    select
        customer_key,
        count(*) as touch_count,
        max(touch_date_key) filter (where touch_date_key > 0) as last_touch_date_key
    from warehouse.fact_touch
    group by customer_key

    union all by name

    select
        customer_key,
        count(*) as session_count
    from warehouse.fact_online_funnel
    group by customer_key
),

brought as (
    select
        customer_key,
        coalesce(sum(order_count), 0) as order_count,
        coalesce(sum(order_line_count), 0) as order_line_count,
        sum(ordered_amount) as ordered_amount,
        sum(invoiced_amount) as invoiced_amount,
        sum(paid_amount) as paid_amount,
        coalesce(min(first_order_date_key), -3) as first_order_date_key,
        coalesce(max(last_order_date_key), -3) as last_order_date_key,
        coalesce(sum(pursuit_count), 0) as pursuit_count,
        coalesce(sum(won_count), 0) as won_count,
        coalesce(sum(touch_count), 0) as touch_count,
        coalesce(max(last_touch_date_key), -3) as last_touch_date_key,
        coalesce(sum(session_count), 0) as session_count
    from parts
    group by customer_key
)

select
    brought.*,
    customer.display_name,
    customer.party_type,
    customer.country_code

from brought
left join warehouse.dim_customer as customer using (customer_key)
