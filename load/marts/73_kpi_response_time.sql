-- Question: how fast do we, and how fast do customers, answer?
-- Grain: who asked, breakdown, member and period in which it was asked.
-- Sources: fact_reply, report_member, report_period.

with asked as (
    select
        asked_by,
        asked_date_key,
        is_answered,
        first_reply_minutes,
        first_reply_business_minutes,
        total_reply_minutes,
        total_reply_business_minutes,
        unnest([
            {'dimension': 'all', 'key': 0, 'kind': null},
            {'dimension': 'kind', 'key': null, 'kind': coalesce(touch_type, '(not told)')},
            {'dimension': 'employee', 'key': employee_key, 'kind': null},
            {'dimension': 'touchpoint', 'key': touchpoint_key, 'kind': null}
        ], max_depth := 2)
    from fact_reply
),

-- Quantiles do not add up: each is taken from the answers themselves. Members
-- and periods are grouped by number, which is fast; their kinds by name, so
-- that a question for one kind reads only that.
quantiled as (
    select
        asked.asked_by,
        asked.kind,
        coalesce(member.breakdown, 'kind') as breakdown,
        member.member_number,
        period.period_kind,
        period.period_number,
        count(*) as question_count,
        count(*) filter (where is_answered) as answered_count,
        count(*) filter (where first_reply_business_minutes <= 60) as within_hour_count,
        quantile_disc(first_reply_minutes, [0.5, 0.9]) as first_minutes,
        quantile_disc(first_reply_business_minutes, [0.5, 0.9]) as first_business_minutes,
        quantile_disc(total_reply_minutes, 0.5) as median_total_minutes,
        quantile_disc(total_reply_business_minutes, 0.5) as median_total_business_minutes
    from asked
    left join report_member as member using (dimension, key)
    inner join report_period as period on period.date_key = asked.asked_date_key
    group by all
),

measured as (
    select
        quantiled.asked_by,
        quantiled.breakdown,
        coalesce(member.member, quantiled.kind) as member,
        quantiled.period_kind,
        period.period,
        quantiled.question_count,
        quantiled.answered_count,
        quantiled.within_hour_count,
        first_minutes[1] as median_first_minutes,
        first_minutes[2] as p90_first_minutes,
        first_business_minutes[1] as median_first_business_minutes,
        first_business_minutes[2] as p90_first_business_minutes,
        median_total_minutes,
        median_total_business_minutes
    from quantiled
    left join (select distinct member_number, member from report_member) as member using (member_number)
    inner join (select distinct period_number, period from report_period) as period using (period_number)
)

select
    *,
    cast(answered_count / nullif(question_count, 0) as decimal(18, 6)) as answered_share,
    cast(within_hour_count / nullif(question_count, 0) as decimal(18, 6)) as within_hour_share

from measured
