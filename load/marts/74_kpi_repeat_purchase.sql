-- Question: which share of the customers who ordered came back?
-- Grain: breakdown, member and period in which the customers first ordered.
-- Sources: customer_overview, report_member, report_period.

with bought as (
    select
        first_order_date_key as date_key,
        order_count,
        ordered_amount,
        unnest([
            {'dimension': 'all', 'key': 0, 'kind': null, 'word': null},
            {'dimension': 'employee', 'key': employee_key, 'kind': null, 'word': null},
            {'dimension': null, 'key': null, 'kind': 'party type', 'word': coalesce(party_type, 'unknown')},
            {'dimension': null, 'key': null, 'kind': 'country', 'word': coalesce(country_code, '(none)')}
        ], max_depth := 2)
    from customer_overview
    where customer_key > 0 and order_count > 0
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
        count(*) filter (where order_count >= 2) as repeat_customer_count,
        count(*) filter (where order_count >= 3) as third_order_customer_count,
        sum(order_count) as order_count,
        sum(ordered_amount) as ordered_amount,
        sum(ordered_amount) filter (where order_count >= 2) as repeat_customer_amount
    from bought
    group by dimension, key, kind, word, date_key
),

counted as (
    select
        coalesce(member.breakdown, daily.kind) as breakdown,
        coalesce(member.member, daily.word) as member,
        period.period_kind,
        period.period,
        cast(sum(customer_count) as bigint) as customer_count,
        cast(sum(repeat_customer_count) as bigint) as repeat_customer_count,
        cast(sum(third_order_customer_count) as bigint) as third_order_customer_count,
        cast(sum(order_count) as bigint) as order_count,
        cast(sum(ordered_amount) as decimal(38, 4)) as ordered_amount,
        cast(sum(repeat_customer_amount) as decimal(38, 4)) as repeat_customer_amount
    from daily
    left join report_member as member using (dimension, key)
    inner join report_period as period using (date_key)
    group by all
)

select
    *,
    cast(repeat_customer_count / nullif(customer_count, 0) as decimal(18, 6)) as repeat_rate,
    cast(third_order_customer_count / nullif(repeat_customer_count, 0) as decimal(18, 6)) as third_order_rate,
    cast(order_count / nullif(customer_count, 0) as decimal(18, 6)) as orders_per_customer

from counted
