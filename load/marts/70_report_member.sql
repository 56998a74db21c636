-- Question: to which division, team, person, channel, campaign or touchpoint does a key belong, so that a figure can be asked for any of them?
-- Grain: dimension, key and breakdown; key 0 of dimension all is the whole.
-- Sources: dim_employee, dim_channel, dim_campaign, dim_touchpoint.

with named as (
    select
        'all' as dimension,
        0::bigint as key,
        'all' as breakdown,
        '(all)' as member

    union all

    select
        'employee' as dimension,
        employee_key as key,
        unnest(['division', 'team', 'sales person']) as breakdown,
        unnest([
            if(employee_key < 0, '(none)', coalesce(division, '(none)')),
            if(employee_key < 0, '(none)', coalesce(division || ' / ', '') || coalesce(team, '(none)')),
            if(employee_key < 0, '(none)', coalesce(name, employee_id, '(none)'))
        ]) as member
    from dim_employee

    union all

    select
        'channel',
        channel_key,
        'channel',
        if(channel_key = -2, '(none)', name)
    from dim_channel

    union all

    select
        'campaign',
        campaign_key,
        'campaign',
        if(campaign_key < 0, '(none)', coalesce(name, campaign_id))
    from dim_campaign

    union all

    select
        'touchpoint',
        touchpoint_key,
        'touchpoint',
        if(touchpoint_key = -2, '(none)', name)
    from dim_touchpoint
)

select
    dimension,
    key,
    breakdown,
    member,
    dense_rank() over (order by breakdown, member) as member_number

from named
