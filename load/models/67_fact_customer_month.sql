-- Question: what did each customer do in each month?
-- Grain: customer and month with at least one order, invoice, payment, touch, web session, case or closed pursuit.
-- Rows of unknown customers stand under -1, so that the months add up to the facts; rows without a day in none.
-- Sources: fact_order_line, fact_invoice_line, fact_payment, fact_touch, fact_online_funnel, fact_case, fact_pipeline.
-- Delta: customer_key of ods.idn.golden_customer and -1
-- Parts: 250000
-- Rows from: warehouse.fact_order_line, warehouse.fact_invoice_line, warehouse.fact_payment
-- Rows from: warehouse.fact_touch, warehouse.fact_online_funnel, warehouse.fact_case, warehouse.fact_pipeline

with someone as (
    select distinct customer_key from affected.golden_customer
),

placed as (
    select
        customer_key,
        source_system,
        order_id,
        is_cancelled,
        bool_and(coalesce(quantity < 0 or line_amount < 0, false) and not is_called_off) as is_return,
        min(order_date_key) as date_key,
        sum(reporting_amount) as amount
    from warehouse.fact_order_line
    where customer_key in (select customer_key from someone) and order_date_key > 0
    -- Where a source has no order ids, what a customer orders on one day is one order.
    group by customer_key, source_system, order_id, if(order_id is null, order_date_key, null), is_cancelled
),

parts as (
    select
        customer_key,
        date_key // 100 as month,
        count(*) filter (where not is_cancelled and not is_return) as order_count,
        sum(amount) filter (where not is_cancelled or is_return) as order_amount
    from placed
    group by customer_key, month

    union all by name

    select
        customer_key,
        invoice_date_key // 100 as month,
        sum(reporting_amount) as invoiced_amount
    from warehouse.fact_invoice_line
    where customer_key in (select customer_key from someone) and invoice_date_key > 0 and not is_void
    group by customer_key, month

    union all by name

    select
        customer_key,
        paid_date_key // 100 as month,
        sum(reporting_amount) as paid_amount
    from warehouse.fact_payment
    where customer_key in (select customer_key from someone) and paid_date_key > 0 and not is_failed
    group by customer_key, month

    union all by name

    select
        customer_key,
        touch_date_key // 100 as month,
        count(*) filter (where direction = 'in') as touch_in_count,
        count(*) filter (where direction is distinct from 'in') as touch_out_count,
        count(*) filter (where is_two_way) as two_way_count
    from warehouse.fact_touch
    where customer_key in (select customer_key from someone) and touch_date_key > 0
    group by customer_key, month

    union all by name

    select
        customer_key,
        session_date_key // 100 as month,
        count(*) as session_count
    from warehouse.fact_online_funnel
    where customer_key in (select customer_key from someone) and session_date_key > 0
    group by customer_key, month

    union all by name

    select
        customer_key,
        opened_date_key // 100 as month,
        count(*) as case_count
    from warehouse.fact_case
    where customer_key in (select customer_key from someone) and opened_date_key > 0
    group by customer_key, month

    union all by name

    select
        customer_key,
        closed_date_key // 100 as month,
        count(*) filter (where is_won) as won_count,
        count(*) filter (where not is_won) as lost_count
    from warehouse.fact_pipeline
    where customer_key in (select customer_key from someone) and is_closed and closed_date_key > 0
    group by customer_key, month
),

lived as (
    select
        customer_key,
        month,
        cast(coalesce(sum(order_count), 0) as bigint) as order_count,
        coalesce(sum(order_amount), 0) as order_amount,
        coalesce(sum(invoiced_amount), 0) as invoiced_amount,
        coalesce(sum(paid_amount), 0) as paid_amount,
        cast(coalesce(sum(touch_in_count), 0) as bigint) as touch_in_count,
        cast(coalesce(sum(touch_out_count), 0) as bigint) as touch_out_count,
        cast(coalesce(sum(two_way_count), 0) as bigint) as two_way_count,
        cast(coalesce(sum(session_count), 0) as bigint) as session_count,
        cast(coalesce(sum(case_count), 0) as bigint) as case_count,
        cast(coalesce(sum(won_count), 0) as bigint) as won_count,
        cast(coalesce(sum(lost_count), 0) as bigint) as lost_count
    from parts
    group by customer_key, month
),

since as (
    select
        *,
        min(if(order_count > 0, month, null)) over (partition by customer_key) as first_month,
        sum(order_count) over so_far as cumulative_order_count,
        sum(order_amount) over so_far as cumulative_order_amount
    from lived
    window so_far as (partition by customer_key order by month)
)

select
    customer_key,
    month * 100 + 1 as month_date_key,
    order_count,
    order_amount as order_reporting_amount,
    invoiced_amount as invoiced_reporting_amount,
    paid_amount as paid_reporting_amount,
    touch_in_count,
    touch_out_count,
    two_way_count,
    session_count,
    case_count,
    won_count,
    lost_count,
    coalesce(first_month * 100 + 1, -3) as first_order_month_date_key,
    case
        when month >= first_month
            then (month // 100 - first_month // 100) * 12 + month % 100 - first_month % 100
    end as months_since_first_order,
    cast(cumulative_order_count as bigint) as cumulative_order_count,
    cumulative_order_amount as cumulative_order_reporting_amount

from since
