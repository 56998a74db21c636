-- Question: what do we call each day, in the calendar and in the fiscal year?
-- Grain: day. Every day of the years that data mention between 1950 and 2100; beyond, only days mentioned
-- and the first days of their months.
-- Changes with: everything
-- Sources: src.time_slot, date columns of the ODS.

with mentioned as (
    select distinct
        make_date(date_key // 10000, date_key // 100 % 100, date_key % 100) as date
    from src.time_slot
    union
    select distinct unnest([invoiced_on, due_on]) from ods.invoice
    union
    select distinct expected_close_date from ods.opportunity
    union
    select distinct unnest([start_date, end_date]) from ods.campaign
    union
    select distinct spent_on from ods.campaign_spend
    union
    select distinct src.period(period_on, period_year, period_month) from ods.target
    union
    select distinct src.period(period_on, period_year, period_month) from ods.profitability
    union
    select distinct counted_on from ods.inventory
),

span as (
    select
        make_date(cast(year(min(date)) as integer), 1, 1) as first_date,
        make_date(cast(year(max(date)) as integer), 12, 31) as last_date
    from mentioned
    where year(date) between 1950 and 2100
),

days as (
    select date from mentioned where date is not null
    union
    select cast(date_trunc('month', date) as date) from mentioned where date is not null
    union
    select cast(unnest(generate_series(first_date, last_date, interval 1 day)) as date) from span
),

fiscal as (
    select
        days.date,
        list_has_any(param.holidays, [strftime(days.date, '%Y-%m-%d'), strftime(days.date, '%m-%d')]) as is_holiday,
        (month(days.date) - param.fiscal_year_start + 12) % 12 + 1 as fiscal_month,
        year(days.date) + cast(
            param.fiscal_year_start > 1 and month(days.date) >= param.fiscal_year_start as integer
        ) as fiscal_year
    from days
    cross join src.param
)

select
    src.day(date) as date_key,
    date,
    year(date) as year,
    quarter(date) as quarter,
    month(date) as month,
    monthname(date) as month_name,
    isoyear(date) as iso_year,
    week(date) as iso_week,
    day(date) as day_of_month,
    isodow(date) as day_of_week,
    dayname(date) as day_name,
    isodow(date) >= 6 as is_weekend,
    is_holiday,
    list_contains((select business_days from src.param), isodow(date)) and not is_holiday as is_business_day,
    format('{}-{:02d}', year(date), month(date)) as year_month,
    format('{}-Q{}', year(date), quarter(date)) as year_quarter,
    fiscal_year,
    (fiscal_month - 1) // 3 + 1 as fiscal_quarter,
    fiscal_month,
    format('FY{}-Q{}', fiscal_year, (fiscal_month - 1) // 3 + 1) as fiscal_year_quarter

from fiscal

union all by name

select unnest([-1, -2, -3]) as date_key
