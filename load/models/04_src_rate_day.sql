-- Question: at which rate is a foreign amount of a day turned into the company's currency?
-- Grain: day and foreign currency that has a rate on or before that day. The rate is a fraction
-- (numerator / denominator), so that a rate quoted the other way round stays exact.
-- Sources: exchange_rate, dim_date.

with quoted as (
    select
        from_currency_code as currency_code,
        rate_on,
        src.rate_units(rate) as numerator,
        src.rate_one(rate) as denominator,
        1 as preference,
        effective_at,
        row_id
    from ods.exchange_rate
    cross join src.param
    where to_currency_code = company_currency and rate > 0 and not is_deleted

    union all

    select
        to_currency_code,
        rate_on,
        src.rate_one(rate),
        src.rate_units(rate),
        2,
        effective_at,
        row_id
    from ods.exchange_rate
    cross join src.param
    where from_currency_code = company_currency and rate > 0 and not is_deleted
),

daily as (
    select *
    from quoted
    cross join src.param
    where currency_code <> company_currency
    qualify row_number() over (
        partition by currency_code, rate_on
        order by preference, effective_at desc, row_id
    ) = 1
),

needed as (
    select
        currencies.currency_code,
        dates.date,
        dates.date_key
    from (select distinct currency_code from daily) as currencies
    cross join (select date, date_key from warehouse.dim_date where date_key > 0) as dates
)

select
    needed.date_key,
    needed.currency_code,
    daily.numerator,
    daily.denominator

from needed
asof join daily
    on daily.currency_code = needed.currency_code and daily.rate_on <= needed.date
