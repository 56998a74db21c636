-- Question: how much does the open pipeline earn a day at the pace of the past?
-- Grain: funnel, breakdown and member.
-- Sources: fact_pipeline, kpi_win_rate, report_member.

with alike as (
    select
        funnel_name,
        employee_key,
        channel_key,
        campaign_key,
        count(*) as open_count
    from fact_pipeline
    where not is_closed
    group by all
),

spread as (
    select
        funnel_name,
        open_count,
        unnest([
            {'dimension': 'all', 'key': 0},
            {'dimension': 'employee', 'key': employee_key},
            {'dimension': 'channel', 'key': channel_key},
            {'dimension': 'campaign', 'key': campaign_key}
        ], max_depth := 2)
    from alike
),

standing as (
    select
        spread.funnel_name,
        member.breakdown,
        member.member,
        cast(sum(spread.open_count) as bigint) as open_count
    from spread
    inner join report_member as member using (dimension, key)
    group by all
),

past as (
    select *
    from kpi_win_rate
    where period_kind = 'all'
)

select
    coalesce(standing.funnel_name, past.funnel_name) as funnel_name,
    coalesce(standing.breakdown, past.breakdown) as breakdown,
    coalesce(standing.member, past.member) as member,
    coalesce(standing.open_count, 0) as open_count,
    past.won_count,
    past.closed_count,
    past.win_rate,
    past.average_won_amount,
    past.average_won_days,
    cast(
        coalesce(standing.open_count, 0) * past.win_rate * past.average_won_amount
        / nullif(past.average_won_days, 0) as decimal(18, 4)
    ) as velocity_amount

from standing
full join past
    on past.funnel_name = standing.funnel_name
    and past.breakdown = standing.breakdown
    and past.member = standing.member
