-- Question: what will the open pursuits bring, when, and how does it stand against what was won and what is to be reached?
-- Grain: funnel, breakdown, member and month: of the expected close of open pursuits, of the close of won ones.
-- Sources: fact_pipeline, fact_target, dim_date, report_member.

-- Where the source states no chance: the share of those that were closed after reaching the step.
with chance as (
    select
        step.funnel_name,
        step.step_number,
        cast(count(*) filter (where closed.is_won) * 100 / nullif(count(*), 0) as decimal(18, 4)) as probability_percent
    from meta.funnel_step as step
    inner join fact_pipeline as closed
        on closed.funnel_name = step.funnel_name
        and closed.furthest_step_number >= step.step_number
        and closed.is_closed
    group by step.funnel_name, step.step_number
),

alike as (
    select
        pursuit.funnel_name,
        pursuit.employee_key,
        pursuit.channel_key,
        coalesce(
            if(pursuit.is_closed, closed.year_month, expected.year_month), '(not told)'
        ) as month,
        count(*) filter (where not pursuit.is_closed) as open_count,
        sum(pursuit.reporting_amount) filter (where not pursuit.is_closed) as open_amount,
        sum(
            cast(pursuit.reporting_amount * coalesce(pursuit.probability_percent, chance.probability_percent) / 100 as decimal(18, 4))
        ) filter (where not pursuit.is_closed) as weighted_amount,
        count(*) filter (where pursuit.is_won) as won_count,
        sum(pursuit.reporting_amount) filter (where pursuit.is_won) as won_amount
    from fact_pipeline as pursuit
    left join chance
        on chance.funnel_name = pursuit.funnel_name and chance.step_number = pursuit.furthest_step_number
    left join dim_date as closed on closed.date_key = pursuit.closed_date_key
    left join dim_date as expected on expected.date_key = pursuit.expected_close_date_key
    where pursuit.is_won or not pursuit.is_closed
    group by all
),

spread as (
    select
        * exclude (employee_key, channel_key),
        unnest([
            {'dimension': 'all', 'key': 0},
            {'dimension': 'employee', 'key': employee_key},
            {'dimension': 'channel', 'key': channel_key}
        ], max_depth := 2)
    from alike
),

counted as (
    select
        spread.funnel_name,
        member.breakdown,
        member.member,
        spread.month,
        cast(sum(open_count) as bigint) as open_count,
        cast(sum(open_amount) as decimal(38, 4)) as open_amount,
        cast(sum(weighted_amount) as decimal(38, 4)) as weighted_amount,
        cast(sum(won_count) as bigint) as won_count,
        cast(sum(won_amount) as decimal(38, 4)) as won_amount
    from spread
    inner join report_member as member using (dimension, key)
    group by all
),

target as (
    select
        period.year_month as month,
        unnest([
            {'breakdown': 'all', 'member': '(all)'},
            {'breakdown': 'division', 'member': coalesce(target.division, '(none)')}
        ], max_depth := 2),
        target.reporting_amount
    from fact_target as target
    inner join dim_date as period on period.date_key = target.period_date_key
    where target.metric = 'revenue'
)

select
    counted.*,
    cast(goal.amount as decimal(38, 4)) as target_amount,
    case when goal.amount > 0 then cast(coalesce(counted.won_amount, 0) / goal.amount as decimal(18, 6)) end as attainment

from counted
left join (
    select
        breakdown,
        member,
        month,
        sum(reporting_amount) as amount
    from target
    group by all
) as goal using (breakdown, member, month)
