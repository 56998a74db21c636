-- Question: what is a customer worth so far, and at the present pace in a year?
-- Grain: breakdown, member and period in which the customers first ordered.
-- Sources: customer_overview, dim_date, about, report_member, report_period.

with today as (
    select cast(timezone(company_time_zone, as_of) as date) as today
    from about
),

bought as (
    select
        overview.first_order_date_key as date_key,
        overview.order_count,
        overview.ordered_amount,
        overview.costed_order_amount,
        overview.order_margin_amount,
        unnest([
            {'dimension': 'all', 'key': 0, 'kind': null, 'word': null},
            {'dimension': 'employee', 'key': overview.employee_key, 'kind': null, 'word': null},
            {'dimension': null, 'key': null, 'kind': 'party type', 'word': coalesce(overview.party_type, 'unknown')},
            {'dimension': null, 'key': null, 'kind': 'country', 'word': coalesce(overview.country_code, '(none)')}
        ], max_depth := 2)
    from customer_overview as overview
    where overview.customer_key > 0 and overview.order_count > 0
),

-- By day first: a day belongs to many periods, and a key to many members.
daily as (
    select
        dimension,
        key,
        kind,
        word,
        date_key,
        count(*) as customer_count,
        sum(order_count) as order_count,
        sum(ordered_amount) as ordered_amount,
        sum(costed_order_amount) as costed_order_amount,
        sum(order_margin_amount) as order_margin_amount
    from bought
    group by dimension, key, kind, word, date_key
),

aged as (
    select
        daily.*,
        daily.customer_count * date_diff('day', first_day."date", today.today) as customer_days
    from daily
    left join dim_date as first_day using (date_key)
    cross join today
),

counted as (
    select
        coalesce(member.breakdown, aged.kind) as breakdown,
        coalesce(member.member, aged.word) as member,
        period.period_kind,
        period.period,
        cast(sum(customer_count) as bigint) as customer_count,
        cast(sum(order_count) as bigint) as order_count,
        cast(sum(ordered_amount) as decimal(38, 4)) as ordered_amount,
        cast(sum(costed_order_amount) as decimal(38, 4)) as costed_order_amount,
        cast(sum(order_margin_amount) as decimal(38, 4)) as order_margin_amount,
        cast(sum(customer_days) as bigint) as customer_days
    from aged
    left join report_member as member using (dimension, key)
    inner join report_period as period using (date_key)
    group by all
)

select
    *,
    try_cast(ordered_amount / nullif(customer_count, 0) as decimal(18, 4)) as lifetime_amount_per_customer,
    try_cast(order_margin_amount / nullif(customer_count, 0) as decimal(18, 4)) as lifetime_margin_per_customer,
    try_cast(ordered_amount / nullif(order_count, 0) as decimal(18, 4)) as average_order_amount,
    cast(365 * order_count / nullif(customer_days, 0) as decimal(18, 6)) as orders_per_year,
    try_cast(365 * ordered_amount / nullif(customer_days, 0) as decimal(18, 4)) as yearly_amount_per_customer

from counted
