-- Question: which web sessions reached the step?
-- Grain: row of the funnel and session. Members are those of kpi_conversion.
-- Through: fact_online_funnel by session_key

with placed as (
    select
        session.session_key,
        session.funnel_name,
        session.furthest_step_number,
        unnest([
            {'dimension': 'all', 'key': 0},
            {'dimension': 'channel', 'key': session.channel_key},
            {'dimension': 'campaign', 'key': session.campaign_key},
            {'dimension': 'touchpoint', 'key': store.touchpoint_key},
            {'dimension': 'source system', 'key': origin.key}
        ], max_depth := 2)
    from warehouse.fact_online_funnel as session
    inner join warehouse.report_member as origin
        on origin.dimension = 'source system' and origin.member = session.source_system
    inner join warehouse.dim_touchpoint as store on store.touchpoint_id = 'internet'
)

select
    asked.fact_row,
    placed.session_key

from asked
inner join warehouse.report_member as member using (breakdown, member)
inner join placed
    on placed.dimension = member.dimension
    and placed.key = member.key
    and placed.funnel_name = asked.funnel_name
    and placed.furthest_step_number >= asked.step_number
