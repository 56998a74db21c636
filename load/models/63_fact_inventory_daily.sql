-- Question: what is in stock?
-- Grain: one product in one place on one day it was counted, by kind of stock; the last count of a day holds.
-- Sources: inventory, dim_product, src look-ups.
-- Rows from: ods.inventory

with counted as (
    select
        stock.*,
        coalesce(word.meaning, lower(stock.kind)) as inventory_kind
    from ods.inventory as stock
    left join src.word_meaning as word on word.subject = 'inventory_kind' and word.word = stock.kind
    where not stock.is_deleted
    qualify row_number() over (
        partition by stock.product_id, stock.location, inventory_kind, stock.counted_on, stock.source_system
        order by stock.effective_at desc, stock.received_at desc, stock.row_id
    ) = 1
),

valued as (
    select
        counted.*,
        coalesce(counted.unit_cost, product.unit_cost) as cost,
        coalesce(
            if(counted.unit_cost is null, product.currency_code, counted.currency_code), param.company_currency
        ) as money_currency_code,
        param.company_currency,
        product.product_key,
        src.amount_of(counted.quantity, coalesce(counted.unit_cost, product.unit_cost), 0) as amount,
        row_number() over (
            partition by counted.product_id, counted.location, counted.inventory_kind, counted.source_system
            order by counted.counted_on desc nulls last
        ) = 1 as is_latest
    from counted
    cross join src.param
    left join warehouse.dim_product as product on product.product_id = counted.product_id
)

select
    valued.row_id,
    valued.source_system,
    coalesce(valued.product_key, -1) as product_key,
    valued.location,
    valued.inventory_kind,
    valued.counted_on,
    coalesce(src.day(valued.counted_on), -1) as counted_date_key,
    valued.quantity as stock_quantity,
    valued.cost as unit_cost,
    valued.amount as stock_amount,
    valued.money_currency_code as currency_code,
    case
        when valued.money_currency_code = valued.company_currency then valued.amount
        else src.converted(valued.amount, rate.numerator, rate.denominator)
    end as reporting_amount,
    valued.is_latest,
    valued.file_key as source_file_key,
    valued.source_row

from valued
left join src.rate_day as rate
    on rate.currency_code = valued.money_currency_code and rate.date_key = src.day(valued.counted_on)
