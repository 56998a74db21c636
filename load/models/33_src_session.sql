-- Question: which key does each session of the sources have?
-- Grain: source system and session id.
-- Sources: session ids of web_event and order.
-- Rows from: ods.web_event, src.order_one

with found as (
    select distinct
        source_system,
        session_id
    from ods.web_event

    union

    select
        source_system,
        session_id
    from src.order_one
)

select
    source_system,
    session_id,
    src.key_of('session' || chr(31) || source_system, session_id) as session_key

from found

where session_id is not null
