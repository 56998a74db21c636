-- Question: what was earned, as finance reports it, by division, team, product line and period?
-- Grain: breakdown, member and period.
-- Sources: fact_profitability, dim_product, report_member, report_period.

with alike as (
    select
        coalesce(fact.division, product.division, '(none)') as division,
        coalesce(product.product_line, '(none)') as product_line,
        coalesce(product.brand, '(none)') as brand,
        fact.org_unit_key,
        fact.period_date_key,
        sum(fact.reporting_revenue_amount) as revenue_amount,
        sum(fact.reporting_cost_amount) as cost_amount,
        sum(fact.reporting_margin_amount) filter (where fact.is_costed) as margin_amount,
        sum(fact.reporting_revenue_amount) filter (where fact.is_costed) as costed_revenue_amount
    from fact_profitability as fact
    left join dim_product as product using (product_key)
    group by all
),

spread as (
    select
        period_date_key as date_key,
        revenue_amount,
        cost_amount,
        margin_amount,
        costed_revenue_amount,
        unnest([
            {'dimension': 'all', 'key': 0, 'kind': null, 'word': null},
            {'dimension': 'unit', 'key': org_unit_key, 'kind': null, 'word': null},
            {'dimension': null, 'key': null, 'kind': 'division', 'word': division},
            {'dimension': null, 'key': null, 'kind': 'product line', 'word': product_line},
            {'dimension': null, 'key': null, 'kind': 'brand', 'word': brand}
        ], max_depth := 2)
    from alike
),

counted as (
    select
        coalesce(member.breakdown, spread.kind) as breakdown,
        coalesce(member.member, spread.word) as member,
        period.period_kind,
        period.period,
        cast(sum(spread.revenue_amount) as decimal(38, 4)) as revenue_amount,
        cast(sum(spread.cost_amount) as decimal(38, 4)) as cost_amount,
        cast(sum(spread.margin_amount) as decimal(38, 4)) as margin_amount,
        cast(sum(spread.costed_revenue_amount) as decimal(38, 4)) as costed_revenue_amount
    from spread
    left join report_member as member using (dimension, key)
    inner join report_period as period using (date_key)
    group by all
)

select
    *,
    case
        when costed_revenue_amount > 0 then try_cast(margin_amount / costed_revenue_amount as decimal(18, 6))
    end as margin_share,
    case
        when revenue_amount > 0
            then try_cast(coalesce(costed_revenue_amount, 0) / revenue_amount as decimal(18, 6))
    end as cost_coverage

from counted
