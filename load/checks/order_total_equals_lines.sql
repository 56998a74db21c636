-- Question: Which orders state a total that is not the sum of their lines, with or without shipping, discount and tax?
-- Severity: warn
-- Grain: order.
-- Sources: order, fact_order_line.
-- Delta: order_id of warehouse.fact_order_line, ods."order"

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
    having count(*) = count(line_amount) and not bool_and(is_cancelled)
),

-- Every state of an order, of several feeds: few are off, and only of these the newest is looked for.
header as not materialized (
    select
        source_system,
        order_id,
        row_id,
        effective_at,
        total_amount,
        coalesce(shipping_amount, 0) as shipping_amount,
        coalesce(discount_amount, 0) as discount_amount,
        tax_amount
    from ods."order"
    where order_id is not null and not is_deleted and not coalesce(is_cancelled, false) and total_amount is not null
),

compared as (
    select
        header.source_system,
        header.order_id,
        header.row_id,
        header.total_amount,
        line.amount as line_amount,
        header.total_amount - line.amount as rest,
        header.shipping_amount as shipping,
        header.discount_amount as discount,
        line.tax_amount as tax,
        coalesce(header.tax_amount, 0) as told_tax,
        -- Each line may be rounded to a hundredth.
        cast(0.01 as decimal(18, 4)) * line.line_count as tolerance
    from header
    inner join line using (source_system, order_id)
),

off as (
    select *
    from compared
    where abs(rest) > tolerance
        and abs(rest - shipping) > tolerance
        and abs(rest + discount) > tolerance
        and abs(rest - shipping + discount) > tolerance
        and abs(rest - tax) > tolerance
        and abs(rest - shipping - tax) > tolerance
        and abs(rest + discount - tax) > tolerance
        and abs(rest - shipping + discount - tax) > tolerance
        and abs(rest - told_tax) > tolerance
        and abs(rest - shipping - told_tax) > tolerance
        and abs(rest + discount - told_tax) > tolerance
        and abs(rest - shipping + discount - told_tax) > tolerance
),

newest as (
    select row_id
    from header
    semi join off using (source_system, order_id)
    qualify row_number() over (partition by source_system, order_id order by effective_at desc, row_id) = 1
)

select
    source_system,
    order_id,
    total_amount,
    line_amount

from off
semi join newest using (row_id)
