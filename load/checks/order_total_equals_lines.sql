-- Question: Which orders state a total that is not the sum of their lines, with or without shipping, discount and tax?
-- Severity: warn
-- Grain: order.
-- Sources: order, fact_order_line.

with line as (
    select
        source_system,
        order_id,
        count(*) as line_count,
        sum(line_amount) as amount,
        coalesce(sum(tax_amount), 0) as tax_amount
    from warehouse.fact_order_line
    where order_id is not null and not is_exact_duplicate
    group by source_system, order_id
    having count(*) = count(line_amount)
),

header as (
    select
        source_system,
        order_id,
        total_amount,
        coalesce(shipping_amount, 0) as shipping_amount,
        coalesce(discount_amount, 0) as discount_amount,
        tax_amount
    from ods."order"
    where order_id is not null and not is_deleted and not coalesce(is_cancelled, false) and total_amount is not null
    qualify row_number() over (partition by source_system, order_id order by effective_at desc, row_id) = 1
),

-- Most orders state just the sum of their lines: only of the others all sums are tried.
compared as (
    select
        header.source_system,
        header.order_id,
        header.total_amount,
        line.amount as line_amount,
        list_transform(
            [
                line.amount,
                line.amount + header.shipping_amount,
                line.amount - header.discount_amount,
                line.amount + header.shipping_amount - header.discount_amount
            ],
            lambda net: [net, net + line.tax_amount, net + coalesce(header.tax_amount, 0)]
        ) as possible,
        line.line_count
    from header
    inner join line using (source_system, order_id)
    where abs(line.amount - header.total_amount) > 0.01 * line.line_count
)

select
    source_system,
    order_id,
    total_amount,
    line_amount

from compared

-- Each line may be rounded to a hundredth.
where len(list_filter(flatten(possible), lambda sum: abs(sum - total_amount) <= 0.01 * line_count)) = 0
