-- Question: how do the actual figures stand against what was to be reached?
-- Grain: metric, breakdown, member and month.
-- Sources: fact_target, fact_invoice_line, fact_profitability, dim_product, dim_date.

with goal as (
    select
        target.metric,
        period.year_month as month,
        unnest([
            {'breakdown': 'all', 'member': '(all)'},
            {'breakdown': 'division', 'member': coalesce(target.division, '(none)')}
        ], max_depth := 2),
        coalesce(target.reporting_amount, target.target_value) as target_value
    from fact_target as target
    inner join dim_date as period on period.date_key = target.period_date_key
    where target.is_money = (target.reporting_amount is not null)
),

done as (
    select
        'revenue' as metric,
        period.year_month as month,
        coalesce(product.division, '(none)') as division,
        sum(line.reporting_amount) as amount
    from fact_invoice_line as line
    inner join dim_date as period on period.date_key = line.invoice_date_key
    left join dim_product as product using (product_key)
    group by all

    union all

    select
        'margin',
        period.year_month,
        coalesce(fact.division, '(none)'),
        sum(fact.reporting_margin_amount)
    from fact_profitability as fact
    inner join dim_date as period on period.date_key = fact.period_date_key
    group by all
),

actual as (
    select
        metric,
        month,
        unnest([
            {'breakdown': 'all', 'member': '(all)'},
            {'breakdown': 'division', 'member': division}
        ], max_depth := 2),
        amount
    from done
),

goal_sum as (
    select
        metric,
        breakdown,
        member,
        month,
        sum(target_value) as target_value
    from goal
    group by all
),

actual_sum as (
    select
        metric,
        breakdown,
        member,
        month,
        sum(amount) as actual_value
    from actual
    group by all
)

select
    goal_sum.metric,
    goal_sum.breakdown,
    goal_sum.member,
    goal_sum.month,
    cast(actual_sum.actual_value as decimal(38, 4)) as actual_value,
    cast(goal_sum.target_value as decimal(38, 4)) as target_value,
    case
        when goal_sum.target_value > 0
            then cast(actual_sum.actual_value / goal_sum.target_value as decimal(18, 6))
    end as attainment

from goal_sum
left join actual_sum using (metric, breakdown, member, month)
