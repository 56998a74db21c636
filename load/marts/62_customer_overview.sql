-- Question: what has each customer brought so far?
-- Grain: customer with at least one order, invoice, payment, pursuit, touch or web session.
-- Sources: all facts, dim_product, dim_customer.
-- Delta: customer_key of warehouse.fact_order_line, warehouse.fact_invoice_line, warehouse.fact_payment, warehouse.fact_pipeline, warehouse.fact_touch, warehouse.fact_online_funnel, warehouse.fact_campaign_member, warehouse.fact_case, warehouse.fact_receivable, warehouse.fact_profitability

with costed_product as (
    select
        product.product_key,
        product.unit_cost
    from warehouse.dim_product as product
    inner join src.param on param.company_currency = product.currency_code
    where product.unit_cost is not null
),

placed as (
    select
        fact.customer_key,
        fact.source_system,
        fact.order_id,
        fact.is_cancelled,
        bool_and(coalesce(fact.quantity < 0 or fact.line_amount < 0, false) and not fact.is_called_off) as is_return,
        count(*) as line_count,
        sum(fact.reporting_amount) as amount,
        sum(fact.reporting_amount) filter (where fact.quantity * product.unit_cost is not null) as costed_amount,
        sum(fact.quantity * product.unit_cost) filter (where fact.reporting_amount is not null) as cost_amount,
        min(order_date_key) filter (where order_date_key > 0 and not is_cancelled) as first_date_key,
        max(order_date_key) filter (where order_date_key > 0 and not is_cancelled) as last_date_key
    from affected.fact_order_line as fact
    left join costed_product as product using (product_key)
    -- Where a source has no order ids, what a customer orders on one day is one order.
    group by
        fact.customer_key, fact.source_system, fact.order_id, if(fact.order_id is null, fact.order_date_key, null),
        fact.is_cancelled
),

-- A cancelled order brought nothing; an order that cancels another one, or gives goods back and takes none, takes off
-- what that one brought, and is no order.
parts as (
    select
        customer_key,
        count(*) filter (where not is_cancelled and not is_return) as order_count,
        sum(line_count) as order_line_count,
        sum(amount) filter (where not is_cancelled or is_return) as ordered_amount,
        sum(costed_amount) filter (where not is_cancelled or is_return) as costed_amount,
        sum(cost_amount) filter (where not is_cancelled or is_return) as cost_amount,
        min(first_date_key) filter (where not is_return) as first_order_date_key,
        max(last_date_key) filter (where not is_return) as last_order_date_key
    from placed
    group by customer_key

    union all by name

    select
        customer_key,
        sum(reporting_amount) as invoiced_amount
    from affected.fact_invoice_line
    where not is_void
    group by customer_key

    union all by name

    select
        customer_key,
        sum(reporting_amount) as paid_amount
    from affected.fact_payment
    where not is_failed
    group by customer_key

    union all by name

    select
        customer_key,
        count(*) as pursuit_count,
        count(*) filter (where is_won) as won_count,
        count(*) filter (where is_closed and not is_won) as lost_count,
        count(*) filter (where not is_closed) as open_pursuit_count,
        sum(reporting_amount) filter (where not is_closed) as open_pursuit_amount,
        sum(reporting_amount) filter (where is_won) as won_amount
    from affected.fact_pipeline
    group by customer_key

    union all by name

    select
        customer_key,
        count(*) as touch_count,
        count(*) filter (where direction = 'in') as touch_in_count,
        count(*) filter (where is_two_way) as two_way_count,
        max(touch_date_key) filter (where touch_date_key > 0) as last_touch_date_key,
        max(touch_date_key) filter (where is_two_way and touch_date_key > 0) as last_two_way_date_key,
        arg_max(employee_key, (touched_at, row_id)) filter (where employee_key > 0) as touch_employee_key
    from affected.fact_touch
    group by customer_key

    union all by name

    select
        customer_key,
        count(*) as session_count
    from affected.fact_online_funnel
    group by customer_key

    union all by name

    select
        customer_key,
        count(*) as campaign_count,
        count(*) filter (where clicked_at is not null) as click_count,
        count(*) filter (where is_responded) as response_count,
        count(*) filter (where is_unsubscribed or is_blocked) as refusal_count
    from affected.fact_campaign_member
    group by customer_key

    union all by name

    select
        customer_key,
        count(*) as case_count,
        count(*) filter (where is_open) as open_case_count
    from affected.fact_case
    group by customer_key

    union all by name

    select
        customer_key,
        sum(reporting_open_amount) as receivable_amount,
        sum(reporting_open_amount) filter (where is_overdue) as overdue_amount
    from affected.fact_receivable
    group by customer_key

    union all by name

    select
        customer_key,
        sum(reporting_margin_amount) as stated_margin_amount
    from affected.fact_profitability
    where customer_key > -2 and is_costed
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
        coalesce(sum(session_count), 0) as session_count,
        sum(costed_amount) as costed_order_amount,
        sum(costed_amount) - sum(cost_amount) as order_margin_amount,
        coalesce(sum(lost_count), 0) as lost_count,
        coalesce(sum(open_pursuit_count), 0) as open_pursuit_count,
        sum(open_pursuit_amount) as open_pursuit_amount,
        sum(won_amount) as won_amount,
        coalesce(sum(touch_in_count), 0) as touch_in_count,
        coalesce(sum(two_way_count), 0) as two_way_count,
        coalesce(max(last_two_way_date_key), -3) as last_two_way_date_key,
        coalesce(max(touch_employee_key), -2) as employee_key,
        coalesce(sum(campaign_count), 0) as campaign_count,
        coalesce(sum(click_count), 0) as click_count,
        coalesce(sum(response_count), 0) as response_count,
        coalesce(sum(refusal_count), 0) as refusal_count,
        coalesce(sum(case_count), 0) as case_count,
        coalesce(sum(open_case_count), 0) as open_case_count,
        sum(receivable_amount) as receivable_amount,
        sum(overdue_amount) as overdue_amount,
        sum(stated_margin_amount) as stated_margin_amount
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
