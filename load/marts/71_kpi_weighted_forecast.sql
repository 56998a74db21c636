-- Question: what will the open pursuits bring, when, and how does it stand against what was won and what is to be reached?
-- Grain: funnel, breakdown, member and period: of the expected close of open pursuits, of the close of won ones. What
-- nobody expects at a day stands in period (all) only.
-- Sources: fact_pipeline, fact_target, meta.funnel_step, report_pursuit, report_member, report_period.

-- Where the source states no chance: the share of those that were closed after reaching the step.
with chance as (
    select
        step.funnel_name,
        step.step_number,
        count(*) filter (where closed.is_won) as won_count,
        count(*) as closed_count
    from meta.funnel_step as step
    inner join fact_pipeline as closed
        on closed.funnel_name = step.funnel_name
        and closed.furthest_step_number >= step.step_number
        and closed.is_closed
    group by step.funnel_name, step.step_number
),

hoped as (
    select
        pursuit.funnel_name,
        if(pursuit.is_closed, pursuit.closed_date_key, pursuit.expected_close_date_key) as date_key,
        pursuit.is_won,
        pursuit.is_closed,
        pursuit.reporting_amount,
        cast(
            case
                when pursuit.probability_percent is null
                    then pursuit.reporting_amount * chance.won_count / chance.closed_count
                else pursuit.reporting_amount * pursuit.probability_percent / 100
            end
            as decimal(18, 4)
        ) as weighted_amount,
        unnest(asked.asked_by, max_depth := 2)
    from fact_pipeline as pursuit
    inner join report_pursuit as asked using (pursuit_key)
    left join chance
        on chance.funnel_name = pursuit.funnel_name and chance.step_number = pursuit.furthest_step_number
    where pursuit.is_won or not pursuit.is_closed
),

-- By day first: a day belongs to many periods, and a key to many members.
daily as (
    select
        funnel_name,
        dimension,
        key,
        date_key,
        count(*) filter (where not is_closed) as open_count,
        sum(reporting_amount) filter (where not is_closed) as open_amount,
        sum(weighted_amount) filter (where not is_closed) as weighted_amount,
        count(*) filter (where is_won) as won_count,
        sum(reporting_amount) filter (where is_won) as won_amount
    from hoped
    group by funnel_name, dimension, key, date_key
),

counted as (
    select
        daily.funnel_name,
        member.breakdown,
        member.member_number,
        period.period_kind,
        period.period_number,
        cast(sum(open_count) as bigint) as open_count,
        cast(sum(open_amount) as decimal(38, 4)) as open_amount,
        cast(sum(weighted_amount) as decimal(38, 4)) as weighted_amount,
        cast(sum(won_count) as bigint) as won_count,
        cast(sum(won_amount) as decimal(38, 4)) as won_amount
    from daily
    inner join report_member as member using (dimension, key)
    inner join report_period as period using (date_key)
    group by all
),

target as (
    select
        period_date_key,
        reporting_amount,
        unnest([
            {'breakdown': 'all', 'member': '(all)'},
            {'breakdown': 'division', 'member': coalesce(division, '(none)')}
        ], max_depth := 2)
    from fact_target
    where metric = 'revenue'
),

goal as (
    select
        target.breakdown,
        target.member,
        period.period_number,
        cast(sum(target.reporting_amount) as decimal(38, 4)) as target_amount
    from target
    inner join report_period as period on period.date_key = target.period_date_key
    group by all
)

select
    counted.funnel_name,
    counted.breakdown,
    member.member,
    counted.period_kind,
    period.period,
    counted.* exclude (funnel_name, breakdown, member_number, period_kind, period_number),
    goal.target_amount,
    case
        when goal.target_amount > 0
            then try_cast(coalesce(counted.won_amount, 0) / goal.target_amount as decimal(18, 6))
    end as attainment

from counted
inner join (select distinct member_number, member from report_member) as member using (member_number)
inner join (select distinct period_number, period from report_period) as period using (period_number)
left join goal
    on goal.breakdown = counted.breakdown
    and goal.member = member.member
    and goal.period_number = counted.period_number
