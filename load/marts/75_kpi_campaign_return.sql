-- Question: what did each campaign and channel cost, and what came back?
-- Grain: breakdown, member and period: of the spending, of the lead's beginning, of the sale. The division is the one
-- that runs the campaign; money is spent by no team.
-- Sources: fact_campaign_spend, fact_pipeline, fact_attribution, report_member, report_period.

with spent as (
    select
        campaign_key,
        channel_key,
        spent_date_key as date_key,
        sum(reporting_amount) as spend_amount,
        sum(impression_count) as impression_count,
        sum(click_count) as click_count
    from fact_campaign_spend
    group by all
),

lead as (
    select
        campaign_key,
        channel_key,
        created_date_key as date_key,
        count(*) as lead_count
    from fact_pipeline
    group by all
),

-- A sale counts once: with the touch that its last-touch share goes to.
earned as (
    select
        campaign_key,
        channel_key,
        converted_date_key as date_key,
        count(*) filter (where conversion_kind = 'order' and last_weight > 0) as order_count,
        count(*) filter (where conversion_kind <> 'order' and last_weight > 0) as won_count,
        sum(first_reporting_amount) as first_amount,
        sum(last_reporting_amount) as last_amount,
        sum(linear_reporting_amount) as linear_amount,
        sum(time_decay_reporting_amount) as time_decay_amount,
        sum(position_reporting_amount) as position_amount
    from fact_attribution
    group by all
),

parts as (
    select * from spent
    union all by name
    select * from lead
    union all by name
    select * from earned
),

spread as (
    select
        * exclude (campaign_key, channel_key),
        unnest([
            {'dimension': 'all', 'key': 0},
            {'dimension': 'channel', 'key': channel_key},
            {'dimension': 'campaign', 'key': campaign_key},
            {'dimension': 'owner of campaign', 'key': campaign_key}
        ], max_depth := 2)
    from parts
),

-- By day first: a day belongs to many periods, and a key to many members.
daily as (
    select
        dimension,
        key,
        date_key,
        sum(spend_amount) as spend_amount,
        sum(impression_count) as impression_count,
        sum(click_count) as click_count,
        sum(lead_count) as lead_count,
        sum(order_count) as order_count,
        sum(won_count) as won_count,
        sum(first_amount) as first_amount,
        sum(last_amount) as last_amount,
        sum(linear_amount) as linear_amount,
        sum(time_decay_amount) as time_decay_amount,
        sum(position_amount) as position_amount
    from spread
    group by dimension, key, date_key
),

counted as (
    select
        member.breakdown,
        member.member,
        period.period_kind,
        period.period,
        cast(sum(spend_amount) as decimal(38, 4)) as spend_amount,
        cast(coalesce(sum(impression_count), 0) as bigint) as impression_count,
        cast(coalesce(sum(click_count), 0) as bigint) as click_count,
        cast(coalesce(sum(lead_count), 0) as bigint) as lead_count,
        cast(coalesce(sum(order_count), 0) as bigint) as order_count,
        cast(coalesce(sum(won_count), 0) as bigint) as won_count,
        cast(sum(first_amount) as decimal(38, 4)) as first_amount,
        cast(sum(last_amount) as decimal(38, 4)) as last_amount,
        cast(sum(linear_amount) as decimal(38, 4)) as linear_amount,
        cast(sum(time_decay_amount) as decimal(38, 4)) as time_decay_amount,
        cast(sum(position_amount) as decimal(38, 4)) as position_amount
    from daily
    inner join report_member as member using (dimension, key)
    inner join report_period as period using (date_key)
    group by all
)

select
    *,
    case when spend_amount > 0 then try_cast(coalesce(linear_amount, 0) / spend_amount as decimal(18, 6)) end as return_on_ad_spend,
    case when lead_count > 0 then try_cast(spend_amount / lead_count as decimal(18, 4)) end as cost_per_lead,
    case when order_count > 0 then try_cast(spend_amount / order_count as decimal(18, 4)) end as cost_per_order,
    case when impression_count > 0 then cast(click_count / impression_count as decimal(18, 6)) end as click_rate

from counted
