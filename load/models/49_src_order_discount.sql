-- Question: what does each line bear of a discount on its whole order?
-- Grain: line of an order whose lines are told before that discount.
-- The total that the order states tells whether its lines are: with what is charged for shipping and tax they come to
-- it once the discount is taken off, or as they are. A discount that the order tells with those of its lines counts
-- with the rest; one as high as the shipping is taken for that. Orders that add up neither way do as most of their
-- system. Where no total is told, lines that come to quantity x unit price are before it. An order with a line of which
-- no amount is told shares nothing.
-- Sources: order, src.order_one, order_line.
-- Rows from: ods.order

with header as (
    select
        one.source_system,
        one.order_id,
        abs(told.discount_amount) as discount,
        coalesce(told.shipping_amount, 0) as shipping,
        coalesce(told.tax_amount, 0) as tax,
        told.total_amount
    from ods."order" as told
    inner join src.order_one as one using (row_id)
    where told.discount_amount <> 0
),

line as (
    select
        row_id,
        source_system,
        order_id,
        coalesce(
            line_amount,
            src.amount_told(
                amount_before_discount, quantity, unit_price,
                src.discount_of(
                    discount_amount, discount_percent,
                    src.amount_told(amount_before_discount, quantity, unit_price, 0)
                )
            )
        ) as amount,
        src.amount_of(quantity, unit_price, 0) as full_amount,
        abs(src.discount_of(
            discount_amount, discount_percent, src.amount_told(amount_before_discount, quantity, unit_price, 0)
        )) as discount,
        tax_amount
    from ods.order_line
    semi join header using (source_system, order_id)
    where not is_deleted and not coalesce(is_cancelled, false) and not is_exact_duplicate
),

whole as (
    select
        source_system,
        order_id,
        sum(amount) as amount,
        sum(full_amount) as full_amount,
        coalesce(sum(discount), 0) as line_discount,
        coalesce(sum(tax_amount), 0) as line_tax,
        -- Each line may be rounded to a hundredth.
        cast(0.01 as decimal(18, 4)) * count(*) as tolerance
    from line
    group by source_system, order_id
    having count(amount) = count(*) and sum(amount) > 0
),

compared as (
    select
        header.*,
        whole.* exclude (source_system, order_id),
        -- As told, all of the discount, what the lines have not told of it.
        [0, header.discount, header.discount - whole.line_discount] as parts,
        -- What the total may hold beside the lines: all that is charged before what is left out.
        [
            header.shipping + header.tax, header.shipping + whole.line_tax, header.shipping,
            header.tax, whole.line_tax, 0
        ] as extras
    from header
    inner join whole using (source_system, order_id)
),

way as (
    select
        *,
        unnest(extras) as extra,
        unnest(range(len(extras))) as extra_number
    from compared
),

tried as (
    select
        *,
        unnest(parts) as part,
        unnest(range(len(parts))) as part_number
    from way
),

-- The first way that adds up, and of it the nearest.
added_up as (
    select
        source_system,
        order_id,
        min({
            'extra': extra_number, 'difference': abs(amount + extra - part - total_amount), 'part': part_number
        }).part as part_number
    from tried
    where part >= 0 and abs(amount + extra - part - total_amount) <= tolerance
    group by source_system, order_id
),

usual as (
    select
        source_system,
        arg_max(part_number, {'orders': order_count, 'first': -part_number}) as part_number
    from (
        select
            source_system,
            part_number,
            count(*) as order_count
        from added_up
        group by source_system, part_number
    )
    group by source_system
),

shared as (
    select
        compared.source_system,
        compared.order_id,
        compared.amount,
        case
            when compared.discount = compared.shipping then 0
            when added_up.part_number is not null then compared.parts[added_up.part_number + 1]
            when compared.total_amount is not null then compared.parts[usual.part_number + 1]
            when compared.line_discount = 0 and abs(compared.full_amount - compared.amount) <= compared.tolerance
                then compared.discount
        end as discount
    from compared
    left join added_up using (source_system, order_id)
    left join usual using (source_system)
),

-- A share is the difference of two rounded running totals, so that they add up exactly.
running as (
    select
        line.row_id,
        line.source_system,
        line.order_id,
        src.units(shared.discount) * src.units(
            sum(line.amount) over (partition by line.source_system, line.order_id order by line.row_id)
        ) // src.units(shared.amount) as total
    from line
    inner join shared using (source_system, order_id)
    where shared.discount > 0 and shared.discount <= shared.amount
)

select
    row_id,
    try_cast(
        cast(
            total - lag(total, 1, 0) over (partition by source_system, order_id order by row_id) as decimal(33, 0)
        ) * cast(0.0001 as decimal(5, 4)) as decimal(18, 4)
    ) as amount

from running
