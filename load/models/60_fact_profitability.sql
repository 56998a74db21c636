-- Question: what was earned, as finance reports it?
-- Grain: profit of one product, customer or division in one period as delivered.
-- Sources: profitability, dim_product, src look-ups, idn.source_record.
-- Rows from: ods.profitability

with earned as (
    select
        profit.* exclude (period_on),
        src.period(profit.period_on, profit.period_year, profit.period_month) as period_on,
        coalesce(
            profit.margin_amount,
            profit.revenue_amount - profit.cost_amount,
            profit.revenue_amount,
            -profit.cost_amount
        ) as margin,
        -- A ledger has revenue and cost in rows of their own, of one product or customer or of a whole division.
        profit.cost_amount is not null or profit.margin_amount is not null or profit.revenue_amount is null as has_cost,
        coalesce(profit.currency_code, param.company_currency) as money_currency_code,
        param.company_currency
    from ods.profitability as profit
    cross join src.param
    where not profit.is_deleted
),

costed as (
    select
        *,
        bool_or(has_cost) over (
            partition by source_system, division, period_on, product_id, source_customer_key
        )
        or bool_or(has_cost and product_id is null and source_customer_key is null) over (
            partition by source_system, division, period_on
        ) as is_costed
    from earned
)

select
    earned.row_id,
    earned.source_system,
    earned.profitability_id,
    earned.period_on,
    coalesce(src.day(earned.period_on), -1) as period_date_key,
    coalesce(product.product_key, -2) as product_key,
    coalesce(earned.source_customer_key, -2) as source_customer_key,
    case when earned.source_customer_key is null then -2 else coalesce(party.customer_key, -1) end as customer_key,
    coalesce(division.org_unit_key, -2) as org_unit_key,
    earned.division,
    earned.revenue_amount,
    earned.cost_amount,
    cast(earned.margin as decimal(18, 4)) as margin_amount,
    earned.money_currency_code as currency_code,
    case
        when earned.money_currency_code = earned.company_currency then earned.revenue_amount
        else src.converted(earned.revenue_amount, rate.numerator, rate.denominator)
    end as reporting_revenue_amount,
    case
        when earned.money_currency_code = earned.company_currency then earned.cost_amount
        else src.converted(earned.cost_amount, rate.numerator, rate.denominator)
    end as reporting_cost_amount,
    case
        when earned.money_currency_code = earned.company_currency then earned.margin
        else src.converted(earned.margin, rate.numerator, rate.denominator)
    end as reporting_margin_amount,
    earned.is_costed,
    earned.is_exact_duplicate,
    earned.file_key as source_file_key,
    earned.source_row

from costed as earned
left join warehouse.dim_product as product on product.product_id = earned.product_id
left join ods.idn.source_record as party on party.source_customer_key = earned.source_customer_key
left join src.org_unit_name as division on division.level = 'division' and division.name = earned.division
left join src.rate_day as rate
    on rate.currency_code = earned.money_currency_code and rate.date_key = src.day(earned.period_on)
