-- Question: which channel does each word of the sources mean?
-- Grain: word as delivered.
-- Changes with: nothing
-- Sources: channel words of the ODS, meta.channel_word.

with found as (
    select distinct channel as word from ods.web_event
    union
    select distinct source from ods.web_event
    union
    select distinct channel from ods."order"
    union
    select distinct channel from ods.lead
    union
    select distinct channel from ods.opportunity
    union
    select distinct channel from ods.campaign
    union
    select distinct channel from ods.campaign_spend
)

select
    found.word,
    coalesce(known.channel_key, -1) as channel_key

from found
left join warehouse.meta.channel_word as known on known.word = src.word(found.word)

where found.word is not null
