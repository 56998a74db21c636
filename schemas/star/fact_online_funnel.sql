create table main.fact_online_funnel (
    session_key bigint,
    funnel_name varchar,
    source_system varchar,
    session_id varchar,
    visitor_id varchar,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    campaign_key bigint,
    channel_key bigint,
    order_id varchar,
    order_count bigint,
    event_count bigint,
    started_at timestamptz,
    session_date_key integer,
    visit_at timestamptz,
    product_view_at timestamptz,
    cart_at timestamptz,
    checkout_at timestamptz,
    ordered_at timestamptz,
    paid_at timestamptz,
    fulfilled_at timestamptz,
    delivered_at timestamptz,
    repeat_at timestamptz,
    ordered_date_key integer,
    paid_date_key integer,
    fulfilled_date_key integer,
    delivered_date_key integer,
    repeat_date_key integer,
    furthest_stage_key bigint,
    furthest_step_number integer
);

comment on table main.fact_online_funnel is 'How far did each web session get? Grain: one session of one visitor, with what became of its order';
comment on column main.fact_online_funnel.session_key is 'derived from source system and session, or visitor and day, or customer and day; the same in every build';
comment on column main.fact_online_funnel.funnel_name is 'funnel that the sessions of this source follow (online, or one of your own)';
comment on column main.fact_online_funnel.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_online_funnel.session_id is 'session of the source; null where it was derived from visitor and day';
comment on column main.fact_online_funnel.visitor_id is 'visitor as the store''s cookie knows it';
comment on column main.fact_online_funnel.source_customer_key is 'party of the session''s order, else of its events; -1 = nobody known';
comment on column main.fact_online_funnel.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_online_funnel.campaign_key is 'campaign of the earliest event that names one, see dim_campaign; -2 = none';
comment on column main.fact_online_funnel.channel_key is 'channel of the earliest event that names one, see dim_channel; -2 = none';
comment on column main.fact_online_funnel.order_id is 'first order placed in the session; null = none';
comment on column main.fact_online_funnel.order_count is 'orders placed in the session';
comment on column main.fact_online_funnel.event_count is 'events of the session';
comment on column main.fact_online_funnel.started_at is 'first event';
comment on column main.fact_online_funnel.session_date_key is 'day of that in the company''s zone, see dim_date; -1 = not told';
comment on column main.fact_online_funnel.visit_at is 'first visit event; null = not seen';
comment on column main.fact_online_funnel.product_view_at is 'first product page; null = not seen';
comment on column main.fact_online_funnel.cart_at is 'first product put into the cart; null = not seen';
comment on column main.fact_online_funnel.checkout_at is 'first checkout; null = not seen';
comment on column main.fact_online_funnel.ordered_at is 'order event, or the time of the session''s order; null = no order';
comment on column main.fact_online_funnel.paid_at is 'first payment for the order; null = not yet';
comment on column main.fact_online_funnel.fulfilled_at is 'shipped or made available for download; null = not yet';
comment on column main.fact_online_funnel.delivered_at is 'arrived or downloaded; null = not yet';
comment on column main.fact_online_funnel.repeat_at is 'the same customer''s next order; null = not yet';
comment on column main.fact_online_funnel.ordered_date_key is 'day of ordered_at, see dim_date; -3 = no order';
comment on column main.fact_online_funnel.paid_date_key is 'day of paid_at, see dim_date; -3 = not yet';
comment on column main.fact_online_funnel.fulfilled_date_key is 'day of fulfilled_at, see dim_date; -3 = not yet';
comment on column main.fact_online_funnel.delivered_date_key is 'day of delivered_at, see dim_date; -3 = not yet';
comment on column main.fact_online_funnel.repeat_date_key is 'day of repeat_at, see dim_date; -3 = not yet';
comment on column main.fact_online_funnel.furthest_stage_key is 'stage nearest to the goal that was reached, see dim_funnel_stage';
comment on column main.fact_online_funnel.furthest_step_number is 'step of that stage; each step up to it counts as reached';
