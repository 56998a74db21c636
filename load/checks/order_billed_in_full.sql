-- Question: Which billed orders were not billed for what was ordered, credits taken off?
-- Severity: warn
-- Grain: order and currency.
-- Sources: fact_order_line, fact_invoice_line.
-- Delta: order_id of warehouse.fact_order_line, warehouse.fact_invoice_line

with billed as (
    select
        order_id,
        currency_code,
        count(*) as line_count,
        sum(line_amount) as amount
    from warehouse.fact_invoice_line
    where order_id is not null and not is_void and not is_whole_document
    group by order_id, currency_code
),

ordered as (
    select
        order_id,
        currency_code,
        count(*) as line_count,
        sum(line_amount) as amount,
        coalesce(sum(order_discount_amount), 0) as order_discount
    from warehouse.fact_order_line
    where order_id in (select order_id from billed)
    group by order_id, currency_code
    having min(source_system) = max(source_system)
)

select
    billed.order_id,
    billed.currency_code,
    ordered.amount as ordered_amount,
    billed.amount as billed_amount

from billed
inner join ordered using (order_id, currency_code)

-- Each line may be rounded to a hundredth. An order that was credited in full is settled too.
-- Lines of an invoice may be told before a discount on the whole of it, as those of the order.
where abs(ordered.amount - billed.amount) > 0.01 * (ordered.line_count + billed.line_count)
    and abs(ordered.amount + ordered.order_discount - billed.amount) > 0.01 * (ordered.line_count + billed.line_count)
    and billed.amount <> 0
