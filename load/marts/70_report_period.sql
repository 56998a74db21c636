-- Question: to which months, quarters and years does a day belong, so that a figure can be asked for any of them?
-- Grain: day and period it belongs to; every day belongs to period (all).
-- Sources: dim_date.

with named as (
    select
        date_key,
        unnest([
            {'period_kind': 'all', 'period': '(all)'},
            {'period_kind': 'year', 'period': cast(year as varchar)},
            {'period_kind': 'fiscal quarter', 'period': fiscal_year_quarter},
            {'period_kind': 'quarter', 'period': year_quarter},
            {'period_kind': 'month', 'period': year_month}
        ], max_depth := 2)
    from dim_date
)

select
    date_key,
    period_kind,
    period,
    dense_rank() over (order by period_kind, period) as period_number

from named

where period is not null
