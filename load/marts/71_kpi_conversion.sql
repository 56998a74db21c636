-- Question: of the pursuits, or web sessions, that began in a period, how many reached each step, and how many went on?
-- Grain: funnel, breakdown, member, period and step.
-- Sources: fact_pipeline, fact_online_funnel, dim_touchpoint, meta.funnel, meta.funnel_step, report_pursuit, report_member, report_period.

with pursuit as (
    select
        pursuit.funnel_name,
        pursuit.created_date_key as date_key,
        pursuit.furthest_step_number,
        pursuit.is_closed,
        pursuit.is_won,
        unnest(asked.asked_by, max_depth := 2)
    from fact_pipeline as pursuit
    inner join report_pursuit as asked using (pursuit_key)
),

-- Many sessions are alike. All of them happen in the store.
session as (
    select
        alike.funnel_name,
        alike.date_key,
        alike.furthest_step_number,
        alike.session_count,
        unnest([
            {'dimension': 'all', 'key': 0},
            {'dimension': 'channel', 'key': alike.channel_key},
            {'dimension': 'campaign', 'key': alike.campaign_key},
            {'dimension': 'touchpoint', 'key': store.touchpoint_key},
            {'dimension': 'source system', 'key': origin.key}
        ], max_depth := 2)
    from (
        select
            funnel_name,
            source_system,
            session_date_key as date_key,
            channel_key,
            campaign_key,
            furthest_step_number,
            count(*) as session_count
        from fact_online_funnel
        group by all
    ) as alike
    inner join report_member as origin
        on origin.dimension = 'source system' and origin.member = alike.source_system
    inner join dim_touchpoint as store on store.touchpoint_id = 'internet'
),

-- By day first: a day belongs to many periods, and a key to many members.
daily as (
    select
        funnel_name,
        dimension,
        key,
        date_key,
        furthest_step_number,
        count(*) as furthest_count,
        count(*) filter (where not is_closed) as open_count,
        count(*) filter (where is_closed and not is_won) as lost_count
    from pursuit
    group by funnel_name, dimension, key, date_key, furthest_step_number

    union all

    select
        funnel_name,
        dimension,
        key,
        date_key,
        furthest_step_number,
        sum(session_count),
        null,
        null
    from session
    group by funnel_name, dimension, key, date_key, furthest_step_number
),

furthest as (
    select
        daily.funnel_name,
        member.breakdown,
        member.member_number,
        period.period_kind,
        period.period_number,
        daily.furthest_step_number,
        sum(daily.furthest_count) as furthest_count,
        sum(daily.open_count) as open_count,
        sum(daily.lost_count) as lost_count
    from daily
    inner join report_member as member using (dimension, key)
    inner join report_period as period using (date_key)
    group by all
),

counted as (
    select
        furthest.funnel_name,
        furthest.breakdown,
        furthest.member_number,
        furthest.period_kind,
        furthest.period_number,
        step.step_number,
        step.step_name,
        funnel.counts = 'pursuit' as is_pursuit,
        coalesce(sum(furthest_count) filter (where furthest_step_number >= step.step_number), 0) as reached_count,
        coalesce(sum(furthest_count) filter (where furthest_step_number = step.step_number), 0) as drop_off_count,
        coalesce(sum(open_count) filter (where furthest_step_number = step.step_number), 0) as still_open_count,
        coalesce(sum(lost_count) filter (where furthest_step_number = step.step_number), 0) as lost_count
    from furthest
    inner join meta.funnel_step as step using (funnel_name)
    inner join meta.funnel as funnel using (funnel_name)
    group by all
),

compared as (
    select
        *,
        lag(reached_count) over steps as previous_count,
        first_value(reached_count) over steps as first_count,
        lead(reached_count) over steps is null as is_last
    from counted
    window steps as (
        partition by funnel_name, breakdown, member_number, period_kind, period_number
        order by step_number
    )
)

select
    compared.funnel_name,
    compared.breakdown,
    member.member,
    compared.period_kind,
    period.period,
    compared.step_number,
    compared.step_name,
    cast(compared.reached_count as bigint) as reached_count,
    cast(compared.previous_count as bigint) as previous_count,
    cast(compared.reached_count / nullif(compared.previous_count, 0) as decimal(18, 6)) as conversion,
    cast(compared.first_count as bigint) as first_count,
    cast(compared.reached_count / nullif(compared.first_count, 0) as decimal(18, 6)) as conversion_from_first,
    cast(if(compared.is_last, null, compared.drop_off_count) as bigint) as drop_off_count,
    cast(if(compared.is_pursuit, compared.still_open_count, null) as bigint) as still_open_count,
    cast(if(compared.is_pursuit, compared.lost_count, null) as bigint) as lost_count

from compared
inner join (select distinct member_number, member from report_member) as member using (member_number)
inner join (select distinct period_number, period from report_period) as period using (period_number)
