-- Question: which web events may look different now?
-- Grain: row id of web_event.
-- Sources: delivered events; those whose customer moved; those whose campaign was delivered (its channel).

select row_id from changed.web_event

union

select row_id
from ods.web_event
where source_customer_key in (select source_customer_key from changed.moved)
    or campaign_id in (
        select campaign_id from ods.campaign where row_id in (select row_id from changed.campaign)
    )
