create table main.fact_campaign_member (
    member_key bigint,
    campaign_key bigint,
    channel_key bigint,
    source_system varchar,
    lead_id varchar,
    pursuit_key bigint,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    selected_at timestamptz,
    sent_at timestamptz,
    opened_at timestamptz,
    clicked_at timestamptz,
    responded_at timestamptz,
    unsubscribed_at timestamptz,
    blocked_at timestamptz,
    selected_date_key integer,
    sent_date_key integer,
    opened_date_key integer,
    clicked_date_key integer,
    responded_date_key integer,
    unsubscribed_date_key integer,
    blocked_date_key integer,
    furthest_answer varchar,
    last_word varchar,
    report_count bigint,
    is_responded boolean,
    is_unsubscribed boolean,
    is_blocked boolean,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_campaign_member is 'Whom did each campaign reach, and how did they answer? Grain: one party in one campaign, with the time of each answer';
comment on column main.fact_campaign_member.member_key is 'derived from campaign and party, the same in every build';
comment on column main.fact_campaign_member.campaign_key is 'campaign, see dim_campaign; -1 = the row names none';
comment on column main.fact_campaign_member.channel_key is 'marketing channel of the campaign, see dim_channel; -1 = word not known, -2 = none named';
comment on column main.fact_campaign_member.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_campaign_member.lead_id is 'lead that is the member; null where the member is a customer';
comment on column main.fact_campaign_member.pursuit_key is 'pursuit of that lead, see fact_pipeline; -1 = named but not known, -2 = no lead named';
comment on column main.fact_campaign_member.source_customer_key is 'the party as its source system knows it: the row''s, else the lead''s; -1 = none named';
comment on column main.fact_campaign_member.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_campaign_member.selected_at is 'when it was put on the campaign''s list; null = not told';
comment on column main.fact_campaign_member.sent_at is 'when it was reached: the source''s word for that, else the earliest answer; null = not yet';
comment on column main.fact_campaign_member.opened_at is 'first opening; null = none';
comment on column main.fact_campaign_member.clicked_at is 'first click; null = none';
comment on column main.fact_campaign_member.responded_at is 'first response; null = none';
comment on column main.fact_campaign_member.unsubscribed_at is 'first refusal of further mail; null = none';
comment on column main.fact_campaign_member.blocked_at is 'first time it could not be delivered or was reported as spam; null = never';
comment on column main.fact_campaign_member.selected_date_key is 'day of selected_at, see dim_date; -3 = not told';
comment on column main.fact_campaign_member.sent_date_key is 'day of sent_at, see dim_date; -3 = not yet';
comment on column main.fact_campaign_member.opened_date_key is 'day of opened_at, see dim_date; -3 = none';
comment on column main.fact_campaign_member.clicked_date_key is 'day of clicked_at, see dim_date; -3 = none';
comment on column main.fact_campaign_member.responded_date_key is 'day of responded_at, see dim_date; -3 = none';
comment on column main.fact_campaign_member.unsubscribed_date_key is 'day of unsubscribed_at, see dim_date; -3 = none';
comment on column main.fact_campaign_member.blocked_date_key is 'day of blocked_at, see dim_date; -3 = never';
comment on column main.fact_campaign_member.furthest_answer is 'selected, sent, opened, clicked or responded: the one nearest to the goal; null where no word is known';
comment on column main.fact_campaign_member.last_word is 'status word of the source that was told last';
comment on column main.fact_campaign_member.report_count is 'rows of the sources that tell of this membership';
comment on column main.fact_campaign_member.is_responded is 'true where the party responded';
comment on column main.fact_campaign_member.is_unsubscribed is 'true where the party refused further mail';
comment on column main.fact_campaign_member.is_blocked is 'true where it could not be delivered or was reported as spam';
comment on column main.fact_campaign_member.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_campaign_member.source_row is 'line or worksheet row in that file, from 1';
