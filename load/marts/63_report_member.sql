-- Question: to which division, department, team, person, channel, campaign, touchpoint, pipeline or source system does a key belong, so that a figure can be asked for any of them?
-- Grain: dimension, key and breakdown; key 0 of dimension all is the whole. A table, since every KPI joins it.
-- Sources: dim_employee, dim_org_unit, dim_channel, dim_campaign, dim_touchpoint, fact_pipeline, fact_online_funnel.

with origin as (
    select source_system from warehouse.fact_pipeline
    union
    select source_system from warehouse.fact_online_funnel
),

named as (
    select
        'all' as dimension,
        0::bigint as key,
        'all' as breakdown,
        '(all)' as member

    union all

    select
        'employee',
        employee_key,
        unnest(['division', 'department', 'team', 'sales person']),
        unnest([
            coalesce(division, '(none)'),
            coalesce(division || ' / ', '') || coalesce(department, '(none)'),
            coalesce(division || ' / ', '') || coalesce(team, '(none)'),
            if(employee_key < 0, '(none)', coalesce(name, employee_id, '(none)'))
        ])
    from warehouse.dim_employee

    union all

    -- Who owns a pursuit that may belong to another division than its owner.
    select
        'owner',
        employee_key,
        unnest(['department', 'team', 'sales person']),
        unnest([
            coalesce(division || ' / ', '') || coalesce(department, '(none)'),
            coalesce(division || ' / ', '') || coalesce(team, '(none)'),
            if(employee_key < 0, '(none)', coalesce(name, employee_id, '(none)'))
        ])
    from warehouse.dim_employee

    union all

    select
        unnest(['division', 'unit', 'unit']),
        org_unit_key,
        unnest(['division', 'department', 'team']),
        unnest([
            coalesce(division, '(none)'),
            coalesce(division || ' / ', '') || coalesce(department, '(none)'),
            coalesce(division || ' / ', '') || coalesce(team, '(none)')
        ])
    from warehouse.dim_org_unit

    union all

    select
        'channel',
        channel_key,
        'channel',
        if(channel_key = -2, '(none)', name)
    from warehouse.dim_channel

    union all

    select
        unnest(['campaign', 'owner of campaign']),
        campaign_key,
        unnest(['campaign', 'division']),
        unnest([
            if(campaign_key < 0, '(none)', coalesce(name, campaign_id)),
            coalesce(division, '(none)')
        ])
    from warehouse.dim_campaign

    union all

    select
        'touchpoint',
        touchpoint_key,
        'touchpoint',
        if(touchpoint_key = -2, '(none)', name)
    from warehouse.dim_touchpoint

    union all

    select
        'source system',
        row_number() over (order by source_system),
        'source system',
        source_system
    from origin

    union all

    select
        'pipeline',
        row_number() over (order by pipeline),
        'pipeline',
        pipeline
    from (select distinct coalesce(pipeline, '(none)') as pipeline from warehouse.fact_pipeline)
)

select
    dimension,
    key,
    breakdown,
    member,
    dense_rank() over (order by breakdown, member) as member_number

from named

-- A company without departments, or pipelines, is not asked for them.
where (breakdown <> 'department' or exists (from warehouse.dim_org_unit where level = 'department'))
    and (breakdown <> 'pipeline' or exists (from warehouse.fact_pipeline where pipeline is not null))
