-- Question: how many cases come in, and how fast are they settled?
-- Grain: breakdown, member and period in which the case was opened.
-- Sources: fact_case, report_member, report_period.

with alike as (
    select
        employee_key,
        touchpoint_key,
        opened_date_key,
        count(*) as case_count,
        count(*) filter (where is_open) as open_count,
        count(*) filter (where not is_open) as settled_count,
        count(settle_minutes) filter (where not is_open) as timed_settle_count,
        count(first_reply_at) as replied_count,
        sum(first_reply_minutes) as first_reply_minutes,
        sum(settle_minutes) filter (where not is_open) as settle_minutes,
        sum(first_reply_business_minutes) as first_reply_business_minutes,
        sum(settle_business_minutes) filter (where not is_open) as settle_business_minutes
    from fact_case
    group by all
),

spread as (
    select
        * exclude (employee_key, touchpoint_key),
        unnest([
            {'dimension': 'all', 'key': 0},
            {'dimension': 'employee', 'key': employee_key},
            {'dimension': 'touchpoint', 'key': touchpoint_key}
        ], max_depth := 2)
    from alike
),

counted as (
    select
        member.breakdown,
        member.member,
        period.period_kind,
        period.period,
        cast(sum(case_count) as bigint) as case_count,
        cast(sum(open_count) as bigint) as open_count,
        cast(sum(settled_count) as bigint) as settled_count,
        cast(sum(timed_settle_count) as bigint) as timed_settle_count,
        cast(sum(replied_count) as bigint) as replied_count,
        cast(sum(first_reply_minutes) as bigint) as first_reply_minutes,
        cast(sum(settle_minutes) as bigint) as settle_minutes,
        cast(sum(first_reply_business_minutes) as bigint) as first_reply_business_minutes,
        cast(sum(settle_business_minutes) as bigint) as settle_business_minutes
    from spread
    inner join report_member as member using (dimension, key)
    inner join report_period as period on period.date_key = spread.opened_date_key
    group by all
)

select
    *,
    cast(settled_count / nullif(case_count, 0) as decimal(18, 6)) as settled_share,
    cast(first_reply_minutes / nullif(replied_count, 0) as decimal(18, 6)) as average_first_reply_minutes,
    cast(settle_minutes / nullif(timed_settle_count, 0) as decimal(18, 6)) as average_settle_minutes,
    cast(first_reply_business_minutes / nullif(replied_count, 0) as decimal(18, 6)) as average_first_reply_business_minutes,
    cast(settle_business_minutes / nullif(timed_settle_count, 0) as decimal(18, 6)) as average_settle_business_minutes

from counted
