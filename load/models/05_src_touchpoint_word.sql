-- Question: which touchpoint does each word of the sources mean?
-- Grain: word as delivered.
-- Changes with: nothing
-- Sources: touchpoint words of the ODS, meta.touchpoint_word.

with found as (
    select distinct touchpoint as word from ods.activity
    union
    select distinct touchpoint from ods."order"
    union
    select distinct touchpoint from ods."case"
)

select
    found.word,
    coalesce(known.touchpoint_key, -1) as touchpoint_key

from found
left join warehouse.meta.touchpoint_word as known on known.word = src.word(found.word)

where found.word is not null
