-- Question: how much does the pipeline that is open now earn a day, at the pace of a period?
-- Grain: funnel, breakdown, member and period in which the pursuits were closed that set the pace.
-- Sources: fact_pipeline, kpi_win_rate, report_pursuit, report_member.

with open as (
    select
        pursuit.funnel_name,
        unnest(asked.asked_by, max_depth := 2)
    from fact_pipeline as pursuit
    inner join report_pursuit as asked using (pursuit_key)
    where not pursuit.is_closed
),

alike as (
    select
        funnel_name,
        dimension,
        key,
        count(*) as open_count
    from open
    group by funnel_name, dimension, key
),

standing as (
    select
        alike.funnel_name,
        member.breakdown,
        member.member,
        cast(sum(alike.open_count) as bigint) as open_count
    from alike
    inner join report_member as member using (dimension, key)
    group by all
)

select
    coalesce(standing.funnel_name, past.funnel_name) as funnel_name,
    coalesce(standing.breakdown, past.breakdown) as breakdown,
    coalesce(standing.member, past.member) as member,
    coalesce(past.period_kind, 'all') as period_kind,
    coalesce(past.period, '(all)') as period,
    coalesce(standing.open_count, 0) as open_count,
    past.won_count,
    past.closed_count,
    past.win_rate,
    past.average_won_amount,
    past.average_won_days,
    try_cast(
        coalesce(standing.open_count, 0) * past.win_rate * past.average_won_amount
        / nullif(past.average_won_days, 0) as decimal(18, 4)
    ) as velocity_amount

from standing
full join kpi_win_rate as past
    on past.funnel_name = standing.funnel_name
    and past.breakdown = standing.breakdown
    and past.member = standing.member
