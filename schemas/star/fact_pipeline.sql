create table main.fact_pipeline (
    pursuit_key bigint,
    funnel_name varchar,
    source_system varchar,
    pipeline varchar,
    lead_id varchar,
    opportunity_id varchar,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    account_key bigint,
    referred_by_source_customer_key bigint,
    referred_by_customer_key bigint, -- digest: false
    campaign_key bigint,
    channel_key bigint,
    employee_key bigint,
    division varchar,
    org_unit_key bigint,
    touchpoint_key bigint,
    product_interest varchar,
    created_at timestamptz,
    created_date_key integer,
    current_stage_key bigint,
    furthest_stage_key bigint,
    furthest_step_number integer,
    outcome varchar,
    is_won boolean,
    is_closed boolean,
    suspect_at timestamptz,
    prospect_at timestamptz,
    qualified_lead_at timestamptz,
    appointment_at timestamptz,
    second_appointment_at timestamptz,
    presentation_at timestamptz,
    proposal_at timestamptz,
    closed_at timestamptz,
    suspect_date_key integer,
    prospect_date_key integer,
    qualified_lead_date_key integer,
    appointment_date_key integer,
    second_appointment_date_key integer,
    presentation_date_key integer,
    proposal_date_key integer,
    closed_date_key integer,
    expected_close_date_key integer,
    contact_days integer,
    meet_days integer,
    presentation_days integer,
    offer_days integer,
    close_days integer,
    total_days integer,
    event_count bigint,
    regression_count bigint,
    skip_count bigint,
    reentry_count bigint,
    illegal_count bigint,
    is_impossible boolean,
    is_repeat boolean,
    has_repeat boolean,
    is_referral boolean,
    estimated_amount decimal(18, 4),
    probability_percent decimal(18, 4),
    currency_code varchar,
    reporting_amount decimal(18, 4),
    lost_reason varchar,
    competitor varchar,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_pipeline is 'Where does each pursuit stand, and how long did each part take? Grain: one pursuit, that is a lead with the opportunity it converts to; rebuilt from fact_stage_event';
comment on column main.fact_pipeline.pursuit_key is 'derived from source system and lead or opportunity id, the same in every build';
comment on column main.fact_pipeline.funnel_name is 'funnel the pursuit follows (sales)';
comment on column main.fact_pipeline.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_pipeline.pipeline is 'pipeline, sales process or layout of the source whose stages it goes through; null where the source has none. Its funnel is the one that names the pipeline';
comment on column main.fact_pipeline.lead_id is 'lead the pursuit began with; null where it began as an opportunity';
comment on column main.fact_pipeline.opportunity_id is 'opportunity it was converted to; null while it is a lead only';
comment on column main.fact_pipeline.source_customer_key is 'the party as its source system knows it; never changes, also when customers are merged or split; -1 = the row names no customer';
comment on column main.fact_pipeline.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_pipeline.account_key is 'account the opportunity belongs to, see dim_account; -2 = none named';
comment on column main.fact_pipeline.referred_by_source_customer_key is 'party who referred the pursuit, as the source system knows it; -2 = nobody';
comment on column main.fact_pipeline.referred_by_customer_key is 'customer who referred the pursuit, see dim_customer; -2 = nobody';
comment on column main.fact_pipeline.campaign_key is 'campaign that the source credits, see dim_campaign; -2 = the row names none';
comment on column main.fact_pipeline.channel_key is 'marketing channel: the lead''s, else the opportunity''s, else the campaign''s, see dim_channel; -2 = none stated';
comment on column main.fact_pipeline.employee_key is 'sales person who owns the pursuit, see dim_employee; -2 = none named';
comment on column main.fact_pipeline.division is 'division it belongs to: the source''s word, else the sales person''s division';
comment on column main.fact_pipeline.org_unit_key is 'that division as a unit of the company, see dim_org_unit; -2 = none told';
comment on column main.fact_pipeline.touchpoint_key is 'where customer and company first met about it: touchpoint of the earliest touch that tells one, see dim_touchpoint; -1 = word not known, -2 = none told';
comment on column main.fact_pipeline.product_interest is 'what was asked for, word of the source';
comment on column main.fact_pipeline.created_at is 'first time the pursuit is heard of';
comment on column main.fact_pipeline.created_date_key is 'day of that in the company''s zone, see dim_date; -1 = not told';
comment on column main.fact_pipeline.current_stage_key is 'stage it is in: what the source''s status says, else the latest transition; see dim_funnel_stage';
comment on column main.fact_pipeline.furthest_stage_key is 'stage nearest to the goal that was ever reached; lost stages do not count';
comment on column main.fact_pipeline.furthest_step_number is 'step of that stage, the first where nothing but the end is told; each step up to it counts as reached';
comment on column main.fact_pipeline.outcome is 'open, won, lost to competitor, no decision, or lost (reason not told)';
comment on column main.fact_pipeline.is_won is 'true where the current stage is a won one';
comment on column main.fact_pipeline.is_closed is 'true where the current stage is terminal';
comment on column main.fact_pipeline.suspect_at is 'first entry into stage suspect; null = never';
comment on column main.fact_pipeline.prospect_at is 'first entry into stage prospect; null = never';
comment on column main.fact_pipeline.qualified_lead_at is 'first entry into stage qualified lead; null = never';
comment on column main.fact_pipeline.appointment_at is 'first entry into stage appointment; null = never';
comment on column main.fact_pipeline.second_appointment_at is 'first entry into stage second appointment; null = never';
comment on column main.fact_pipeline.presentation_at is 'first entry into stage presentation; null = never';
comment on column main.fact_pipeline.proposal_at is 'first entry into stage proposal; null = never';
comment on column main.fact_pipeline.closed_at is 'entry into the terminal stage it is in; null while open';
comment on column main.fact_pipeline.suspect_date_key is 'day of suspect_at, see dim_date; -3 = not yet';
comment on column main.fact_pipeline.prospect_date_key is 'day of prospect_at, see dim_date; -3 = not yet';
comment on column main.fact_pipeline.qualified_lead_date_key is 'day of qualified_lead_at, see dim_date; -3 = not yet';
comment on column main.fact_pipeline.appointment_date_key is 'day of appointment_at, see dim_date; -3 = not yet';
comment on column main.fact_pipeline.second_appointment_date_key is 'day of second_appointment_at, see dim_date; -3 = not yet';
comment on column main.fact_pipeline.presentation_date_key is 'day of presentation_at, see dim_date; -3 = not yet';
comment on column main.fact_pipeline.proposal_date_key is 'day of proposal_at, see dim_date; -3 = not yet';
comment on column main.fact_pipeline.closed_date_key is 'day of closed_at, see dim_date; -3 = still open';
comment on column main.fact_pipeline.expected_close_date_key is 'day the source expects it to close, see dim_date; -1 = not told';
comment on column main.fact_pipeline.contact_days is 'whole days from creation to the first stage of step contact';
comment on column main.fact_pipeline.meet_days is 'whole days from first contact to the first appointment';
comment on column main.fact_pipeline.presentation_days is 'whole days from the first appointment to the presentation';
comment on column main.fact_pipeline.offer_days is 'whole days from the presentation to the proposal';
comment on column main.fact_pipeline.close_days is 'whole days from the proposal to the close';
comment on column main.fact_pipeline.total_days is 'whole days from creation to the close';
comment on column main.fact_pipeline.event_count is 'transitions in fact_stage_event';
comment on column main.fact_pipeline.regression_count is 'transitions back to a lower rank';
comment on column main.fact_pipeline.skip_count is 'transitions that jumped over a stage';
comment on column main.fact_pipeline.reentry_count is 'transitions into a stage it had been in';
comment on column main.fact_pipeline.illegal_count is 'transitions that the funnel does not allow';
comment on column main.fact_pipeline.is_impossible is 'true where it reached a milestone before any of the earlier ones, was won before one, or closed before it was created; to go back to a milestone that was skipped is no disorder, see regression_count';
comment on column main.fact_pipeline.is_repeat is 'true where the customer had won another pursuit before this one began';
comment on column main.fact_pipeline.has_repeat is 'true where it was won and the customer later won another; such pursuits reach step repeat';
comment on column main.fact_pipeline.is_referral is 'true where a customer referred it';
comment on column main.fact_pipeline.estimated_amount is 'value: the opportunity''s, else the lead''s estimate, net';
comment on column main.fact_pipeline.probability_percent is 'chance of winning as the source states it, 0 to 100';
comment on column main.fact_pipeline.currency_code is 'ISO 4217 code of every amount in the row except reporting amounts, see dim_currency';
comment on column main.fact_pipeline.reporting_amount is 'estimated_amount in the company''s currency at the rate of the day it was created; null without a rate';
comment on column main.fact_pipeline.lost_reason is 'why it was lost, word of the source';
comment on column main.fact_pipeline.competitor is 'competitor it was lost to';
comment on column main.fact_pipeline.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_pipeline.source_row is 'line or worksheet row in that file, from 1';
