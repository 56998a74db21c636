-- Question: which funnel do the web sessions of each source system follow?
-- Grain: source system. What no funnel of sessions names follows the online funnel.
-- Changes with: nothing
-- Sources: web_event, meta.funnel.

with claim as (
    select
        source_system,
        min(funnel_name) as funnel_name
    from (
        select
            funnel_name,
            unnest(string_split(source_systems, ',')) as source_system
        from warehouse.meta.funnel
        where counts = 'session' and source_systems <> ''
    )
    group by source_system
),

found as (
    select distinct source_system
    from ods.web_event
)

select
    found.source_system,
    coalesce(claim.funnel_name, 'online') as funnel_name

from found
left join claim using (source_system)
