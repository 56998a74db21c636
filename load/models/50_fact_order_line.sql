-- Question: what was ordered, by whom, when, for how much?
-- Grain: one line of one order as delivered.
-- Sources: order_line, src.order_one, src look-ups, idn.source_record.
-- Delta: order_line.row_id

with line as (
    select
        delivered.row_id,
        delivered.source_system,
        delivered.order_id,
        delivered.line_id,
        coalesce(delivered.ordered_at, header.ordered_at) as ordered_at,
        coalesce(delivered.source_customer_key, header.source_customer_key, -1) as source_customer_key,
        delivered.product_id,
        header.campaign_id,
        header.channel,
        header.employee_id,
        header.touchpoint,
        coalesce(delivered.country_code, header.country_code) as country_code,
        header.status as order_status,
        delivered.quantity,
        delivered.unit_price,
        delivered.discount_amount,
        delivered.tax_amount,
        coalesce(
            delivered.line_amount,
            src.amount_of(delivered.quantity, delivered.unit_price, delivered.discount_amount)
        ) as line_amount,
        coalesce(delivered.currency_code, header.currency_code, param.company_currency) as currency_code,
        param.company_currency,
        coalesce(delivered.is_cancelled, false) or coalesce(header.is_cancelled, false) as is_cancelled,
        delivered.is_exact_duplicate,
        delivered.file_key as source_file_key,
        delivered.source_row
    from src.order_line as delivered
    cross join src.param
    left join src.order_one as header
        on header.source_system = delivered.source_system and header.order_id = delivered.order_id
    where not delivered.is_deleted
)

select
    line.row_id,
    line.source_system,
    line.order_id,
    line.line_id,
    line.ordered_at,
    coalesce(slot.date_key, -1) as order_date_key,
    line.source_customer_key,
    coalesce(party.customer_key, -1) as customer_key,
    coalesce(product.product_key, -1) as product_key,
    coalesce(campaign.campaign_key, -2) as campaign_key,
    coalesce(channel.channel_key, campaign.channel_key, -2) as channel_key,
    coalesce(employee.employee_key, -2) as employee_key,
    line.touchpoint,
    line.country_code,
    line.order_status,
    line.quantity,
    line.unit_price,
    line.discount_amount,
    line.tax_amount,
    line.line_amount,
    line.currency_code,
    case
        when line.currency_code = line.company_currency then line.line_amount
        else src.converted(line.line_amount, rate.numerator, rate.denominator)
    end as reporting_amount,
    line.is_cancelled,
    line.is_exact_duplicate,
    line.source_file_key,
    line.source_row

from line
left join src.time_slot as slot on slot.slot = src.slot(line.ordered_at)
left join ods.idn.source_record as party on party.source_customer_key = line.source_customer_key
left join warehouse.dim_product as product on product.product_id = line.product_id
left join warehouse.dim_campaign as campaign on campaign.campaign_id = line.campaign_id
left join src.channel_word as channel on channel.word = line.channel
left join warehouse.dim_employee as employee on employee.employee_id = line.employee_id
left join src.rate_day as rate
    on rate.currency_code = line.currency_code and rate.date_key = slot.date_key
