create table main.fact_web_event (
    row_id decimal(38, 0),
    source_system varchar,
    event_id varchar,
    visitor_id varchar,
    session_key bigint,
    happened_at timestamptz,
    event_date_key integer,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    stage_key bigint,
    event_type varchar,
    product_key bigint,
    campaign_key bigint,
    channel_key bigint,
    order_id varchar,
    traffic_source varchar,
    url varchar,
    is_exact_duplicate boolean,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_web_event is 'What did visitors of the web store do? Grain: one event of one visitor';
comment on column main.fact_web_event.row_id is 'identity of the source row in the ods: hash of feed and source key, or of the content where the feed has no key';
comment on column main.fact_web_event.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_web_event.event_id is 'event, unique within its source system';
comment on column main.fact_web_event.visitor_id is 'visitor as the store''s cookie knows it';
comment on column main.fact_web_event.session_key is 'session, see fact_online_funnel: the source''s session, else one for each visitor and day, else for each customer and day';
comment on column main.fact_web_event.happened_at is 'when it happened';
comment on column main.fact_web_event.event_date_key is 'day it happened in the company''s zone, see dim_date; -1 = not told';
comment on column main.fact_web_event.source_customer_key is 'the party as its source system knows it; never changes, also when customers are merged or split; -1 = the row names no customer';
comment on column main.fact_web_event.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_web_event.stage_key is 'stage of the online funnel, see dim_funnel_stage; -1 = the word is not mapped to one';
comment on column main.fact_web_event.event_type is 'word of the source for the event, lower case';
comment on column main.fact_web_event.product_key is 'product it is about, see dim_product; -2 = none';
comment on column main.fact_web_event.campaign_key is 'campaign that the source credits, see dim_campaign; -2 = the row names none';
comment on column main.fact_web_event.channel_key is 'marketing channel, see dim_channel; -1 = word not known, -2 = the row names none';
comment on column main.fact_web_event.order_id is 'order it led to';
comment on column main.fact_web_event.traffic_source is 'source tag of the visit (google, newsletter)';
comment on column main.fact_web_event.url is 'page it happened on';
comment on column main.fact_web_event.is_exact_duplicate is 'true where an equal row came before it in the same delivery; such rows are kept, since two equal lines may be two sales';
comment on column main.fact_web_event.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_web_event.source_row is 'line or worksheet row in that file, from 1';
