-- Question: which share of the pursuits that were closed was won, and how fast does the pipeline earn?
-- Grain: funnel, breakdown, member and period in which the pursuits were closed.
-- Sources: fact_pipeline, report_pursuit, report_member, report_period.

with closed as (
    select
        pursuit.funnel_name,
        pursuit.closed_date_key as date_key,
        pursuit.is_won,
        pursuit.outcome,
        pursuit.reporting_amount,
        pursuit.total_days,
        unnest(asked.asked_by, max_depth := 2)
    from fact_pipeline as pursuit
    inner join report_pursuit as asked using (pursuit_key)
    where pursuit.is_closed
),

-- By day first: a day belongs to many periods, and a key to many members.
daily as (
    select
        funnel_name,
        dimension,
        key,
        date_key,
        count(*) as closed_count,
        count(*) filter (where is_won) as won_count,
        count(*) filter (where outcome = 'lost to competitor') as lost_to_competitor_count,
        count(*) filter (where outcome = 'no decision') as no_decision_count,
        sum(reporting_amount) as closed_amount,
        sum(reporting_amount) filter (where is_won) as won_amount,
        count(reporting_amount) filter (where is_won) as won_with_amount_count,
        sum(total_days) filter (where is_won) as won_days,
        count(total_days) filter (where is_won) as won_with_days_count
    from closed
    group by funnel_name, dimension, key, date_key
),

counted as (
    select
        daily.funnel_name,
        member.breakdown,
        member.member_number,
        period.period_kind,
        period.period_number,
        cast(sum(closed_count) as bigint) as closed_count,
        cast(sum(won_count) as bigint) as won_count,
        cast(sum(lost_to_competitor_count) as bigint) as lost_to_competitor_count,
        cast(sum(no_decision_count) as bigint) as no_decision_count,
        cast(sum(closed_amount) as decimal(38, 4)) as closed_amount,
        cast(sum(won_amount) as decimal(38, 4)) as won_amount,
        cast(sum(won_with_amount_count) as bigint) as won_with_amount_count,
        cast(sum(won_days) as bigint) as won_days,
        cast(sum(won_with_days_count) as bigint) as won_with_days_count
    from daily
    inner join report_member as member using (dimension, key)
    inner join report_period as period using (date_key)
    group by all
)

select
    counted.funnel_name,
    counted.breakdown,
    member.member,
    counted.period_kind,
    period.period,
    counted.* exclude (funnel_name, breakdown, member_number, period_kind, period_number),
    cast(won_count / nullif(closed_count, 0) as decimal(18, 6)) as win_rate,
    case when closed_amount > 0 then try_cast(coalesce(won_amount, 0) / closed_amount as decimal(18, 6)) end as win_rate_by_amount,
    try_cast(won_amount / nullif(won_with_amount_count, 0) as decimal(18, 4)) as average_won_amount,
    cast(won_days / nullif(won_with_days_count, 0) as decimal(18, 6)) as average_won_days

from counted
inner join (select distinct member_number, member from report_member) as member using (member_number)
inner join (select distinct period_number, period from report_period) as period using (period_number)
