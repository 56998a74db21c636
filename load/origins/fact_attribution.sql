-- Question: which order lines are the sale?
-- Through: fact_order_line by source_system, order_id, source_customer_key
select fact_row, source_system, order_id, source_customer_key
from asked
where conversion_kind = 'order';

-- Question: which pursuit is the sale?
-- Through: fact_pipeline by pursuit_key
select fact_row, conversion_key as pursuit_key
from asked
where conversion_kind = 'won pursuit';

-- Question: which events are the web session that earned it?
-- Through: fact_web_event by session_key
select asked.fact_row, session.session_key
from asked
inner join warehouse.fact_online_funnel as session
    on session.customer_key = asked.customer_key
    and session.started_at = asked.touched_at
    and session.campaign_key = asked.campaign_key
    and session.channel_key = asked.channel_key
where asked.touch_kind = 'web session';

-- Question: which membership of a campaign earned it?
-- Through: fact_campaign_member by member_key
select asked.fact_row, member.member_key
from asked
inner join warehouse.fact_campaign_member as member
    on member.customer_key = asked.customer_key
    and member.campaign_key = asked.campaign_key
    and member.channel_key = asked.channel_key
    and coalesce(least(member.opened_at, member.clicked_at, member.responded_at), member.sent_at) = asked.touched_at
where asked.touch_kind = 'campaign member' and not member.is_blocked;

-- Question: which touch earned it?
-- Through: fact_touch by row_id
select asked.fact_row, touch.row_id
from asked
inner join warehouse.fact_touch as touch
    on touch.customer_key = asked.customer_key
    and touch.touched_at = asked.touched_at
    and touch.campaign_key = asked.campaign_key
    and touch.channel_key = asked.channel_key
where asked.touch_kind = 'touch'
