-- Question: Do the parts of each figure (divisions, people, channels, months) add up to the whole?
-- Severity: error
-- Grain: figure, breakdown and part of the figure.
-- Those of all time are asked: a period has what its days have, and each day belongs to one of each kind.
-- Sources: kpi_conversion, kpi_win_rate, kpi_engagement, kpi_campaign_return, kpi_order_tracking, kpi_repeat_purchase,
-- kpi_receivables, kpi_subscription, report_period, dim_date.

with part as (
    select
        'kpi_conversion' as figure,
        breakdown,
        funnel_name || ', step ' || step_number as part,
        cast(sum(reached_count) as decimal(38, 4)) as total
    from warehouse.kpi_conversion
    where period_kind = 'all'
    group by all

    union all

    select
        'kpi_win_rate',
        breakdown,
        funnel_name,
        sum(closed_count)
    from warehouse.kpi_win_rate
    where period_kind = 'all'
    group by all

    union all

    select
        'kpi_engagement',
        breakdown,
        period,
        sum(touch_count)
    from warehouse.kpi_engagement
    where period_kind = 'all'
    group by all

    union all

    select
        'kpi_campaign_return',
        breakdown,
        period,
        sum(linear_amount)
    from warehouse.kpi_campaign_return
    where period_kind = 'all'
    group by all

    union all

    select
        'kpi_order_tracking',
        breakdown,
        period,
        sum(fulfilment_count)
    from warehouse.kpi_order_tracking
    where period_kind = 'all'
    group by all

    union all

    select
        'kpi_repeat_purchase',
        breakdown,
        period,
        sum(customer_count)
    from warehouse.kpi_repeat_purchase
    where period_kind = 'all'
    group by all

    union all

    select
        'kpi_subscription',
        breakdown,
        period,
        sum(closing_count)
    from warehouse.kpi_subscription
    where period_kind = 'all'
    group by all

    union all

    select
        'kpi_receivables',
        breakdown,
        ageing_bucket,
        sum(invoice_count)
    from warehouse.kpi_receivables
    where period_kind = 'all'
    group by all
)

select
    part.figure,
    part.breakdown,
    part.part,
    part.total as total_of_parts,
    whole.total as whole

from part
left join part as whole
    on whole.figure = part.figure and whole.part = part.part and whole.breakdown = 'all'

where part.total is distinct from whole.total

union all

select
    'report_period' as figure,
    'day' as breakdown,
    cast(date_key as varchar) as part,
    count(period.period_kind) as total_of_parts,
    if(date_key > 0, 5, 1) as whole

from warehouse.dim_date
left join warehouse.report_period as period using (date_key)

group by date_key

-- All time, a year, a quarter of it and of the fiscal year, a month; what is no day belongs to all time alone.
having count(period.period_kind) <> if(date_key > 0, 5, 1)
    or count(distinct period.period_kind) <> if(date_key > 0, 5, 1)
