-- Question: whom did the campaigns reach, and how did they answer?
-- Grain: breakdown, member and period in which it was sent. Division, team and sales person are those of the lead, else
-- of the customer's latest touch.
-- Sources: fact_campaign_member, fact_pipeline, customer_overview, report_member, report_period.

with alike as (
    select
        answer.campaign_key,
        answer.channel_key,
        if(answer.pursuit_key > 0, coalesce(pursuit.employee_key, -2), coalesce(known.employee_key, -2)) as employee_key,
        answer.sent_date_key,
        count(*) as member_count,
        count(answer.sent_at) as sent_count,
        count(answer.opened_at) as opened_count,
        count(answer.clicked_at) as clicked_count,
        count(*) filter (where answer.is_responded) as responded_count,
        count(*) filter (where answer.is_unsubscribed) as unsubscribed_count,
        count(*) filter (where answer.is_blocked) as blocked_count,
        count(*) filter (where answer.clicked_at is not null and not answer.is_responded) as clicked_then_stopped_count,
        count(*) filter (where pursuit.is_won) as won_count
    from fact_campaign_member as answer
    left join fact_pipeline as pursuit using (pursuit_key)
    left join customer_overview as known on known.customer_key = if(answer.customer_key > 0, answer.customer_key, null)
    group by all
),

spread as (
    select
        * exclude (campaign_key, channel_key, employee_key),
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
        member.breakdown,
        member.member,
        period.period_kind,
        period.period,
        cast(sum(member_count) as bigint) as member_count,
        cast(sum(sent_count) as bigint) as sent_count,
        cast(sum(opened_count) as bigint) as opened_count,
        cast(sum(clicked_count) as bigint) as clicked_count,
        cast(sum(responded_count) as bigint) as responded_count,
        cast(sum(unsubscribed_count) as bigint) as unsubscribed_count,
        cast(sum(blocked_count) as bigint) as blocked_count,
        cast(sum(clicked_then_stopped_count) as bigint) as clicked_then_stopped_count,
        cast(sum(won_count) as bigint) as won_count
    from spread
    inner join report_member as member using (dimension, key)
    inner join report_period as period on period.date_key = spread.sent_date_key
    group by all
)

select
    *,
    cast(opened_count / nullif(sent_count, 0) as decimal(18, 6)) as open_rate,
    cast(clicked_count / nullif(sent_count, 0) as decimal(18, 6)) as click_rate,
    cast(responded_count / nullif(sent_count, 0) as decimal(18, 6)) as response_rate,
    cast(unsubscribed_count / nullif(sent_count, 0) as decimal(18, 6)) as unsubscribe_rate,
    cast(blocked_count / nullif(sent_count, 0) as decimal(18, 6)) as block_rate

from counted
