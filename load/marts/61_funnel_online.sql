-- Question: how many web sessions reach each step of the online funnel, and how many go on?
-- Grain: breakdown, member and step.
-- Sources: fact_online_funnel, meta.funnel_step, dim_channel, dim_campaign.

with alike as (
    select
        channel_key,
        campaign_key,
        source_system,
        furthest_step_number,
        count(*) as session_count
    from warehouse.fact_online_funnel
    group by all
),

placed as (
    select
        alike.furthest_step_number,
        alike.session_count,
        unnest([
            {'breakdown': 'all', 'member': '(all)'},
            {'breakdown': 'channel', 'member': if(alike.channel_key = -2, '(none)', channel.name)},
            {'breakdown': 'campaign', 'member': if(
                alike.campaign_key < 0, '(none)', coalesce(campaign.name, campaign.campaign_id)
            )},
            {'breakdown': 'source system', 'member': alike.source_system}
        ], max_depth := 2)
    from alike
    left join warehouse.dim_channel as channel on channel.channel_key = alike.channel_key
    left join warehouse.dim_campaign as campaign on campaign.campaign_key = alike.campaign_key
),

session as (
    select
        breakdown,
        member,
        furthest_step_number,
        sum(session_count) as session_count
    from placed
    group by all
),

member as (
    select distinct
        breakdown,
        member
    from session
),

counted as (
    select
        step.funnel_name,
        member.breakdown,
        member.member,
        step.step_number,
        step.step_name,
        coalesce(
            sum(session.session_count) filter (where session.furthest_step_number >= step.step_number), 0
        ) as reached_count,
        coalesce(
            sum(session.session_count) filter (where session.furthest_step_number = step.step_number), 0
        ) as drop_off_count
    from member
    inner join warehouse.meta.funnel_step as step on step.funnel_name = 'online'
    left join session using (breakdown, member)
    group by all
),

compared as (
    select
        * replace (if(lead(reached_count) over member_steps is null, null, drop_off_count) as drop_off_count),
        lag(reached_count) over member_steps as previous_count,
        first_value(reached_count) over member_steps as first_count
    from counted
    window member_steps as (partition by funnel_name, breakdown, member order by step_number)
)

select
    *,
    cast(reached_count / nullif(previous_count, 0) as decimal(18, 6)) as conversion,
    cast(reached_count / nullif(first_count, 0) as decimal(18, 6)) as conversion_from_first

from compared
