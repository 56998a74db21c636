-- Question: what was ordered, by whom, when, for how much?
-- Grain: one line of one order as delivered.
-- Sources: order_line, src.order_one, src.order_discount, src.list_price, dim_product, src look-ups, idn.source_record.
-- Delta: row_id of ods.order_line
-- Rows from: ods.order_line

-- Lines of an order that was deleted count like those of one that was cancelled.
with gone as (
    select distinct
        source_system,
        order_id
    from ods."order"
    where is_deleted and order_id is not null
),

line as (
    select
        delivered.row_id,
        delivered.source_system,
        delivered.order_id,
        delivered.line_id,
        coalesce(delivered.ordered_at, header.ordered_at) as ordered_at,
        if(delivered.ordered_at is null, header.order_date_key, slot.date_key) as order_date_key,
        delivered.source_customer_key as line_source_customer_key,
        coalesce(delivered.source_customer_key, header.source_customer_key, -1) as source_customer_key,
        header.customer_key as order_customer_key,
        delivered.product_id,
        coalesce(header.campaign_key, -2) as campaign_key,
        coalesce(header.channel_key, -2) as channel_key,
        coalesce(header.employee_key, -2) as employee_key,
        header.opportunity_id,
        header.touchpoint,
        coalesce(delivered.country_code, header.country_code) as country_code,
        header.status as order_status,
        delivered.quantity,
        coalesce(delivered.unit_price, listed.unit_price) as unit_price,
        src.discount_of(
            delivered.discount_amount, delivered.discount_percent,
            src.amount_told(
                delivered.amount_before_discount, delivered.quantity, coalesce(delivered.unit_price, listed.unit_price), 0
            )
        ) as discount_amount,
        delivered.tax_amount,
        delivered.line_amount,
        delivered.amount_before_discount,
        part.amount as order_discount_amount,
        coalesce(
            if(delivered.is_currency_assumed, null, delivered.currency_code),
            if(header.is_currency_assumed, null, header.currency_code),
            listed.currency_code,
            delivered.currency_code,
            header.currency_code,
            param.company_currency
        ) as currency_code,
        param.company_currency,
        coalesce(delivered.is_cancelled, false) or coalesce(header.is_cancelled, gone.order_id is not null) as is_cancelled,
        coalesce(header.is_called_off, gone.order_id is not null) as is_called_off,
        delivered.is_exact_duplicate,
        delivered.file_key as source_file_key,
        delivered.source_row
    from affected.order_line as delivered
    cross join src.param
    left join src.order_one as header
        on header.source_system = delivered.source_system and header.order_id = delivered.order_id
    left join gone on gone.source_system = delivered.source_system and gone.order_id = delivered.order_id
    left join src.order_discount as part on part.row_id = delivered.row_id
    left join src.time_slot as slot on slot.slot = src.slot(delivered.ordered_at)
    -- A line that tells neither price nor amount has the price that its product had on its day; one that nobody
    -- dates has the latest.
    left join src.list_price as listed
        on listed.product_id = if(
            coalesce(delivered.unit_price, delivered.line_amount, delivered.amount_before_discount) is null,
            delivered.product_id, null
        )
        and coalesce(if(delivered.ordered_at is null, header.order_date_key, slot.date_key), 99999998) >= listed.from_date_key
        and coalesce(if(delivered.ordered_at is null, header.order_date_key, slot.date_key), 99999998) < listed.before_date_key
    where not delivered.is_deleted
),

dated as (
    select
        * exclude (line_amount, amount_before_discount),
        coalesce(
            line_amount, src.amount_told(amount_before_discount, quantity, unit_price, discount_amount)
        ) - coalesce(order_discount_amount, 0) as line_amount
    from line
)

select
    dated.row_id,
    dated.source_system,
    dated.order_id,
    dated.line_id,
    dated.ordered_at,
    coalesce(dated.order_date_key, -1) as order_date_key,
    dated.source_customer_key,
    coalesce(
        if(dated.line_source_customer_key is null, dated.order_customer_key, party.customer_key), -1
    ) as customer_key,
    coalesce(product.product_key, -1) as product_key,
    dated.campaign_key,
    dated.channel_key,
    dated.employee_key,
    dated.opportunity_id,
    dated.touchpoint,
    case when dated.touchpoint is null then -2 else coalesce(place.touchpoint_key, -1) end as touchpoint_key,
    dated.country_code,
    dated.order_status,
    dated.quantity,
    dated.unit_price,
    dated.discount_amount,
    dated.order_discount_amount,
    dated.tax_amount,
    dated.line_amount,
    dated.currency_code,
    case
        when dated.currency_code = dated.company_currency then dated.line_amount
        else src.converted(dated.line_amount, rate.numerator, rate.denominator)
    end as reporting_amount,
    dated.is_cancelled,
    dated.is_called_off,
    dated.is_exact_duplicate,
    dated.source_file_key,
    dated.source_row

from dated
left join ods.idn.source_record as party on party.source_customer_key = dated.line_source_customer_key
left join warehouse.dim_product as product on product.product_id = dated.product_id
left join src.rate_day as rate
    on rate.currency_code = if(dated.currency_code = dated.company_currency, null, dated.currency_code)
    and rate.date_key = dated.order_date_key
left join src.touchpoint_word as place on place.word = dated.touchpoint
