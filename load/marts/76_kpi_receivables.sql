-- Question: how much are we owed, and how long overdue is it?
-- Grain: breakdown, member and ageing bucket.
-- Sources: fact_receivable, dim_customer.

with alike as (
    select
        coalesce(customer.country_code, '(none)') as country_code,
        coalesce(customer.party_type, 'unknown') as party_type,
        fact.ageing_bucket,
        count(*) as invoice_count,
        sum(fact.reporting_open_amount) filter (where fact.reporting_open_amount > 0) as open_amount,
        sum(fact.reporting_open_amount) filter (where fact.reporting_open_amount < 0) as overpaid_amount,
        count(*) filter (where fact.is_overdue) as overdue_count,
        sum(fact.reporting_open_amount) filter (where fact.is_overdue) as overdue_amount
    from fact_receivable as fact
    left join dim_customer as customer using (customer_key)
    group by all
),

spread as (
    select
        * exclude (country_code, party_type),
        unnest([
            {'breakdown': 'all', 'member': '(all)'},
            {'breakdown': 'country', 'member': country_code},
            {'breakdown': 'party type', 'member': party_type}
        ], max_depth := 2)
    from alike
),

counted as (
    select
        breakdown,
        member,
        ageing_bucket,
        cast(sum(invoice_count) as bigint) as invoice_count,
        cast(sum(open_amount) as decimal(38, 4)) as open_amount,
        cast(sum(overpaid_amount) as decimal(38, 4)) as overpaid_amount,
        cast(sum(overdue_count) as bigint) as overdue_count,
        cast(sum(overdue_amount) as decimal(38, 4)) as overdue_amount
    from spread
    group by all
)

select
    *,
    cast(sum(open_amount) over (partition by breakdown, member) as decimal(38, 4)) as member_open_amount,
    case
        when sum(open_amount) over (partition by breakdown, member) > 0
            then cast(coalesce(open_amount, 0) / sum(open_amount) over (partition by breakdown, member) as decimal(18, 6))
    end as open_share

from counted
