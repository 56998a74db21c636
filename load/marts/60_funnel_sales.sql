-- Question: how many pursuits reach each step of their funnel, and how many go on?
-- Grain: funnel, breakdown, member and step.
-- Sources: fact_pipeline, meta.funnel_step, dim_channel, dim_campaign, dim_employee.

with alike as (
    select
        funnel_name,
        channel_key,
        campaign_key,
        employee_key,
        division,
        source_system,
        furthest_step_number,
        is_closed,
        is_won,
        count(*) as pursuit_count
    from warehouse.fact_pipeline
    group by all
),

placed as (
    select
        alike.funnel_name,
        alike.furthest_step_number,
        alike.is_closed,
        alike.is_won,
        alike.pursuit_count,
        unnest([
            {'breakdown': 'all', 'member': '(all)'},
            {'breakdown': 'channel', 'member': if(alike.channel_key = -2, '(none)', channel.name)},
            {'breakdown': 'campaign', 'member': if(
                alike.campaign_key < 0, '(none)', coalesce(campaign.name, campaign.campaign_id)
            )},
            {'breakdown': 'sales person', 'member': if(
                alike.employee_key < 0, '(none)', coalesce(employee.name, employee.employee_id)
            )},
            {'breakdown': 'division', 'member': coalesce(alike.division, '(none)')},
            {'breakdown': 'source system', 'member': alike.source_system}
        ], max_depth := 2)
    from alike
    left join warehouse.dim_channel as channel on channel.channel_key = alike.channel_key
    left join warehouse.dim_campaign as campaign on campaign.campaign_key = alike.campaign_key
    left join warehouse.dim_employee as employee on employee.employee_key = alike.employee_key
),

pursuit as (
    select
        funnel_name,
        breakdown,
        member,
        furthest_step_number,
        is_closed,
        is_won,
        sum(pursuit_count) as pursuit_count
    from placed
    group by all
),

member as (
    select distinct
        funnel_name,
        breakdown,
        member
    from pursuit
),

counted as (
    select
        member.funnel_name,
        member.breakdown,
        member.member,
        step.step_number,
        step.step_name,
        coalesce(sum(pursuit.pursuit_count) filter (
            where pursuit.furthest_step_number >= step.step_number
        ), 0) as reached_count,
        coalesce(sum(pursuit.pursuit_count) filter (
            where pursuit.furthest_step_number = step.step_number
        ), 0) as drop_off_count,
        coalesce(sum(pursuit.pursuit_count) filter (
            where pursuit.furthest_step_number = step.step_number and not pursuit.is_closed
        ), 0) as still_open_count,
        coalesce(sum(pursuit.pursuit_count) filter (
            where pursuit.furthest_step_number = step.step_number and pursuit.is_closed and not pursuit.is_won
        ), 0) as lost_count
    from member
    inner join warehouse.meta.funnel_step as step using (funnel_name)
    left join pursuit using (funnel_name, breakdown, member)
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
