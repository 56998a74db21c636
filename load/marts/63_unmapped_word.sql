-- Question: which status and channel words of the sources are not mapped yet?
-- Grain: use, source system, entity and word.
-- Sources: src.stage_word, src.channel_word and the entities that use the words.

with used as (
    select 'lead' as entity, source_system, status as word, count(*) as row_count from ods.lead group by all
    union all
    select 'opportunity', source_system, status, count(*) from ods.opportunity group by all
    union all
    select if(opportunity_id is null, 'lead', 'opportunity'), source_system, stage, count(*) from ods.stage_event group by all
    union all
    select 'web_event', source_system, type, count(*) from ods.web_event group by all
),

channel_used as (
    select 'web_event.channel' as entity, source_system, channel as word, count(*) as row_count from ods.web_event group by all
    union all
    select 'order.channel', source_system, channel, count(*) from ods."order" group by all
    union all
    select 'lead.channel', source_system, channel, count(*) from ods.lead group by all
    union all
    select 'opportunity.channel', source_system, channel, count(*) from ods.opportunity group by all
    union all
    select 'campaign.channel', source_system, channel, count(*) from ods.campaign group by all
)

select
    word.funnel_name as used_for,
    used.source_system,
    used.entity,
    used.word,
    cast(sum(used.row_count) as bigint) as row_count

from used
inner join src.stage_word as word using (source_system, entity, word)

where word.stage_key = -1

group by all

union all by name

select
    'channel' as used_for,
    channel_used.source_system,
    channel_used.entity,
    channel_used.word,
    channel_used.row_count

from channel_used
inner join src.channel_word using (word)

where channel_word.channel_key = -1
