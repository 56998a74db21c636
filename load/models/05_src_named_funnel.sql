-- Question: which source systems follow a funnel of their own?
-- Grain: source system that a funnel names; pursuits of the others follow the sales funnel.
-- Changes with: nothing
-- Sources: meta.funnel.

select
    source_system,
    min(funnel_name) as funnel_name

from (
    select
        unnest(string_split(source_systems, ',')) as source_system,
        funnel_name
    from warehouse.meta.funnel
    where counts = 'pursuit' and source_systems <> ''
)

group by source_system
