-- Question: how much are we owed, and how long overdue is it?
-- Grain: breakdown, member, period in which it was invoiced, and ageing bucket.
-- Sources: fact_receivable, customer_overview, report_member, report_period.

with owed as (
    select
        fact.invoice_date_key as date_key,
        fact.ageing_bucket,
        fact.reporting_open_amount,
        fact.is_overdue,
        unnest([
            {'dimension': 'all', 'key': 0, 'kind': null, 'word': null},
            {'dimension': 'employee', 'key': coalesce(overview.employee_key, -2), 'kind': null, 'word': null},
            {'dimension': null, 'key': null, 'kind': 'party type', 'word': coalesce(overview.party_type, 'unknown')},
            {'dimension': null, 'key': null, 'kind': 'country', 'word': coalesce(overview.country_code, '(none)')}
        ], max_depth := 2)
    from fact_receivable as fact
    left join customer_overview as overview using (customer_key)
),

-- By day first: a day belongs to many periods, and a key to many members.
daily as (
    select
        dimension,
        key,
        kind,
        word,
        date_key,
        ageing_bucket,
        count(*) as invoice_count,
        sum(reporting_open_amount) filter (where reporting_open_amount > 0) as open_amount,
        sum(reporting_open_amount) filter (where reporting_open_amount < 0) as overpaid_amount,
        count(*) filter (where is_overdue) as overdue_count,
        sum(reporting_open_amount) filter (where is_overdue) as overdue_amount
    from owed
    group by dimension, key, kind, word, date_key, ageing_bucket
),

counted as (
    select
        coalesce(member.breakdown, daily.kind) as breakdown,
        coalesce(member.member, daily.word) as member,
        period.period_kind,
        period.period,
        daily.ageing_bucket,
        cast(sum(invoice_count) as bigint) as invoice_count,
        cast(sum(open_amount) as decimal(38, 4)) as open_amount,
        cast(sum(overpaid_amount) as decimal(38, 4)) as overpaid_amount,
        cast(sum(overdue_count) as bigint) as overdue_count,
        cast(sum(overdue_amount) as decimal(38, 4)) as overdue_amount
    from daily
    left join report_member as member using (dimension, key)
    inner join report_period as period using (date_key)
    group by all
),

compared as (
    select
        *,
        cast(sum(open_amount) over (
            partition by breakdown, member, period_kind, period
        ) as decimal(38, 4)) as member_open_amount
    from counted
)

select
    *,
    case
        when member_open_amount > 0 then try_cast(coalesce(open_amount, 0) / member_open_amount as decimal(18, 6))
    end as open_share

from compared
