-- Question: Which status and channel words of the sources are not mapped yet?
-- Severity: warn
-- Grain: use, source system, entity and word.
-- Sources: unmapped_word.

select
    used_for,
    source_system,
    entity,
    word,
    row_count

from warehouse.unmapped_word
