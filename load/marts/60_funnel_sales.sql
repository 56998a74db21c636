-- Question: how many pursuits reach each step of their funnel, and how many go on?
-- Grain: funnel, breakdown, member and step.
-- Sources: fact_pipeline, meta.funnel_step, dim_channel, dim_campaign, dim_employee.

with pursuit as (
    select
        pipeline.funnel_name,
        pipeline.furthest_step_number,
        pipeline.is_closed,
        pipeline.is_won,
        unnest([
            {'breakdown': 'all', 'member': '(all)'},
            {'breakdown': 'channel', 'member': if(pipeline.channel_key = -2, '(none)', channel.name)},
            {'breakdown': 'campaign', 'member': if(
                pipeline.campaign_key < 0, '(none)', coalesce(campaign.name, campaign.campaign_id)
            )},
            {'breakdown': 'sales person', 'member': if(
                pipeline.employee_key < 0, '(none)', coalesce(employee.name, employee.employee_id, '(none)')
            )},
            {'breakdown': 'division', 'member': coalesce(pipeline.division, '(none)')},
            {'breakdown': 'source system', 'member': pipeline.source_system}
        ], max_depth := 2)
    from warehouse.fact_pipeline as pipeline
    left join warehouse.dim_channel as channel on channel.channel_key = pipeline.channel_key
    left join warehouse.dim_campaign as campaign on campaign.campaign_key = pipeline.campaign_key
    left join warehouse.dim_employee as employee on employee.employee_key = pipeline.employee_key
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
        count(*) filter (where pursuit.furthest_step_number >= step.step_number) as reached_count,
        count(*) filter (where pursuit.furthest_step_number = step.step_number) as drop_off_count,
        count(*) filter (
            where pursuit.furthest_step_number = step.step_number and not pursuit.is_closed
        ) as still_open_count,
        count(*) filter (
            where pursuit.furthest_step_number = step.step_number and pursuit.is_closed and not pursuit.is_won
        ) as lost_count
    from member
    inner join warehouse.meta.funnel_step as step using (funnel_name)
    left join pursuit using (funnel_name, breakdown, member)
    group by all
),

compared as (
    select
        *,
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
