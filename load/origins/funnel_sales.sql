-- Question: which pursuits reached the step?
-- Grain: row of the funnel and pursuit. Members are those of kpi_conversion.
-- Through: fact_pipeline by pursuit_key

with placed as (
    select
        pursuit.pursuit_key,
        pursuit.funnel_name,
        pursuit.furthest_step_number,
        unnest([
            {'dimension': 'all', 'key': 0},
            {'dimension': 'division', 'key': pursuit.org_unit_key},
            {'dimension': 'owner', 'key': pursuit.employee_key},
            {'dimension': 'channel', 'key': pursuit.channel_key},
            {'dimension': 'campaign', 'key': pursuit.campaign_key},
            {'dimension': 'touchpoint', 'key': pursuit.touchpoint_key},
            {'dimension': 'source system', 'key': origin.key}
        ], max_depth := 2)
    from warehouse.fact_pipeline as pursuit
    inner join warehouse.report_member as origin
        on origin.dimension = 'source system' and origin.member = pursuit.source_system
)

select
    asked.fact_row,
    placed.pursuit_key

from asked
inner join warehouse.report_member as member using (breakdown, member)
inner join placed
    on placed.funnel_name = asked.funnel_name
    and placed.dimension = member.dimension
    and placed.key = member.key
    and placed.furthest_step_number >= asked.step_number
