-- Question: which funnel do the pursuits of each pipeline of each source system follow?
-- Grain: source system and pipeline, null = the pursuits that name none. A funnel that names the pipeline comes
-- before one that names only the system; what no funnel names follows the sales funnel.
-- Sources: lead, opportunity, stage_event, meta.funnel.

with found as (
    select source_system, pipeline from ods.lead
    union
    select source_system, pipeline from ods.opportunity
    union
    select source_system, null from ods.lead
    union
    select source_system, null from ods.stage_event
),

-- An empty text stands for whatever system, or pipeline.
claim as (
    select
        funnel_name,
        source_system,
        unnest(if(len(pipelines) > 0, list_transform(pipelines, lambda name: src.word(name)), [''])) as pipeline
    from (
        select
            funnel_name,
            unnest(string_split(source_systems, ',')) as source_system,
            pipelines
        from warehouse.meta.funnel
        where counts = 'pursuit' and (source_systems <> '' or len(pipelines) > 0)
    )
),

asked as (
    select
        source_system,
        pipeline,
        asked_system,
        unnest([src.word(pipeline), '']) as asked_pipeline
    from (
        select
            *,
            unnest([source_system, '']) as asked_system
        from found
    )
),

claimed as (
    select
        asked.source_system,
        asked.pipeline,
        arg_min(
            claim.funnel_name, (asked.asked_pipeline = '', asked.asked_system = '', claim.funnel_name)
        ) as funnel_name
    from asked
    inner join claim on claim.source_system = asked.asked_system and claim.pipeline = asked.asked_pipeline
    group by asked.source_system, asked.pipeline
)

select
    found.source_system,
    found.pipeline,
    coalesce(claimed.funnel_name, 'sales') as funnel_name

from found
left join claimed
    on claimed.source_system = found.source_system and claimed.pipeline is not distinct from found.pipeline
