-- Question: which pursuits reached the step?
-- Grain: row of the funnel and pursuit. Members are those of kpi_conversion.
-- Through: fact_pipeline by pursuit_key

with placed as (
    select
        pursuit.pursuit_key,
        pursuit.funnel_name,
        pursuit.furthest_step_number,
        unnest(keys.asked_by, max_depth := 2)
    from warehouse.fact_pipeline as pursuit
    inner join warehouse.report_pursuit as keys using (pursuit_key)
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
