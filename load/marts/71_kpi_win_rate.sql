-- Question: which share of the pursuits that were closed was won, and how fast does the pipeline earn?
-- Grain: funnel, breakdown, member and period in which the pursuits were closed.
-- Sources: fact_pipeline, report_member, report_period.

with alike as (
    select
        funnel_name,
        employee_key,
        channel_key,
        campaign_key,
        closed_date_key,
        count(*) as closed_count,
        count(*) filter (where is_won) as won_count,
        count(*) filter (where outcome = 'lost to competitor') as lost_to_competitor_count,
        count(*) filter (where outcome = 'no decision') as no_decision_count,
        sum(reporting_amount) as closed_amount,
        sum(reporting_amount) filter (where is_won) as won_amount,
        count(reporting_amount) filter (where is_won) as won_with_amount_count,
        sum(total_days) filter (where is_won) as won_days,
        count(total_days) filter (where is_won) as won_with_days_count
    from fact_pipeline
    where is_closed
    group by all
),

spread as (
    select
        * exclude (employee_key, channel_key, campaign_key),
        unnest([
            {'dimension': 'all', 'key': 0},
            {'dimension': 'employee', 'key': employee_key},
            {'dimension': 'channel', 'key': channel_key},
            {'dimension': 'campaign', 'key': campaign_key}
        ], max_depth := 2)
    from alike
),

counted as (
    select
        spread.funnel_name,
        member.breakdown,
        member.member,
        period.period_kind,
        period.period,
        cast(sum(closed_count) as bigint) as closed_count,
        cast(sum(won_count) as bigint) as won_count,
        cast(sum(lost_to_competitor_count) as bigint) as lost_to_competitor_count,
        cast(sum(no_decision_count) as bigint) as no_decision_count,
        cast(sum(closed_amount) as decimal(38, 4)) as closed_amount,
        cast(sum(won_amount) as decimal(38, 4)) as won_amount,
        cast(sum(won_with_amount_count) as bigint) as won_with_amount_count,
        cast(sum(won_days) as bigint) as won_days,
        cast(sum(won_with_days_count) as bigint) as won_with_days_count
    from spread
    inner join report_member as member using (dimension, key)
    inner join report_period as period on period.date_key = spread.closed_date_key
    group by all
)

select
    *,
    cast(won_count / nullif(closed_count, 0) as decimal(18, 6)) as win_rate,
    case when closed_amount > 0 then cast(coalesce(won_amount, 0) / closed_amount as decimal(18, 6)) end as win_rate_by_amount,
    cast(won_amount / nullif(won_with_amount_count, 0) as decimal(18, 4)) as average_won_amount,
    cast(won_days / nullif(won_with_days_count, 0) as decimal(18, 6)) as average_won_days

from counted
