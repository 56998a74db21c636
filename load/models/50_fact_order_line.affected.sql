-- Question: which order lines may look different now?
-- Grain: row id of order_line.
-- Sources: delivered lines; lines of delivered orders; lines whose customer moved;
-- lines whose campaign was delivered (its channel); lines without a price whose product was delivered;
-- lines in a foreign currency from the day of a rate that came; lines whose employee is described now, or no longer;
-- lines whose share of a discount on their order is another one.

select row_id from changed.order_line

union

select line.row_id
from ods.order_line as line
semi join (
    select
        source_system,
        order_id
    from ods."order"
    where row_id in (select row_id from changed."order")
        or source_customer_key in (select source_customer_key from changed.moved)
        or campaign_id in (
            select campaign_id from ods.campaign where row_id in (select row_id from changed.campaign)
        )

    union

    -- An order may have had another id before.
    select
        source_system,
        order_id
    from ods.order_version
    where row_id in (select row_id from changed."order")
) as header
    on header.source_system = line.source_system and header.order_id = line.order_id

union

select row_id
from ods.order_line
where source_customer_key in (select source_customer_key from changed.moved)

union

select fact.row_id
from warehouse.fact_order_line as fact
cross join src.param
cross join src.changed_rate as since
where fact.currency_code <> param.company_currency and fact.order_date_key >= since.date_key

union

select row_id
from ods.order_line
where unit_price is null
    and line_amount is null
    and product_id in (select product_id from ods.product where row_id in (select row_id from changed.product))

union

select fact.row_id
from warehouse.fact_order_line as fact
inner join src.order_one as header
    on header.source_system = fact.source_system and header.order_id = fact.order_id
where fact.employee_key <> header.employee_key

union

select row_id
from (
    select
        row_id,
        amount
    from src.order_discount

    union all

    select
        row_id,
        order_discount_amount
    from warehouse.fact_order_line
    where order_discount_amount is not null
)
group by row_id, amount
having count(*) = 1
