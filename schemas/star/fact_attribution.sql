create table main.fact_attribution (
    conversion_key bigint,
    touch_number bigint,
    conversion_kind varchar,
    source_system varchar,
    order_id varchar,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    converted_at timestamptz,
    converted_date_key integer,
    touch_kind varchar,
    touched_at timestamptz,
    touched_date_key integer,
    campaign_key bigint,
    channel_key bigint,
    touch_count bigint,
    days_before_conversion integer,
    reporting_amount decimal(18, 4),
    first_weight bigint,
    last_weight bigint,
    linear_weight bigint,
    time_decay_weight bigint,
    position_weight bigint,
    first_reporting_amount decimal(18, 4),
    last_reporting_amount decimal(18, 4),
    linear_reporting_amount decimal(18, 4),
    time_decay_reporting_amount decimal(18, 4),
    position_reporting_amount decimal(18, 4)
);

comment on table main.fact_attribution is 'Which touches earned each sale? Grain: one marketing touch before one sale; a sale without any has one row that says so';
comment on column main.fact_attribution.conversion_key is 'sale: derived from source system, order and party, or the won pursuit''s key; the same in every build';
comment on column main.fact_attribution.touch_number is 'touches of the sale counted from 1, the earliest first; 0 = the sale had none';
comment on column main.fact_attribution.conversion_kind is 'order or won pursuit; sum the two apart, a won pursuit may be billed by orders';
comment on column main.fact_attribution.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_attribution.order_id is 'order that was placed; null for a pursuit';
comment on column main.fact_attribution.source_customer_key is 'the party as its source system knows it; never changes, also when customers are merged or split; -1 = the row names no customer';
comment on column main.fact_attribution.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_attribution.converted_at is 'when it was ordered or won';
comment on column main.fact_attribution.converted_date_key is 'day of that in the company''s zone, see dim_date; -1 = not told';
comment on column main.fact_attribution.touch_kind is 'web session, campaign member, touch, order (the campaign that the order itself names), pursuit (likewise) or none';
comment on column main.fact_attribution.touched_at is 'when the touch happened';
comment on column main.fact_attribution.touched_date_key is 'day of that, see dim_date; -2 = no touch';
comment on column main.fact_attribution.campaign_key is 'campaign of the touch, see dim_campaign; -2 = none named';
comment on column main.fact_attribution.channel_key is 'channel of the touch, see dim_channel; -1 = word not known, -2 = none named';
comment on column main.fact_attribution.touch_count is 'touches of the sale that share its value';
comment on column main.fact_attribution.days_before_conversion is 'whole days from touch to sale';
comment on column main.fact_attribution.reporting_amount is 'value of the sale in the company''s currency, the same on each of its touches: never sum it; null without a rate';
comment on column main.fact_attribution.first_weight is 'share of the first-touch model in millionths; the weights of a sale add up to 1,000,000';
comment on column main.fact_attribution.last_weight is 'share of the last-touch model, likewise';
comment on column main.fact_attribution.linear_weight is 'equal shares, likewise';
comment on column main.fact_attribution.time_decay_weight is 'shares that halve with each full week before the sale, likewise';
comment on column main.fact_attribution.position_weight is '40 % to the first touch, 40 % to the last, the rest shared by those between, likewise';
comment on column main.fact_attribution.first_reporting_amount is 'value that the first-touch model gives to the touch; over a sale''s touches each model gives exactly its value';
comment on column main.fact_attribution.last_reporting_amount is 'value that the last-touch model gives to the touch';
comment on column main.fact_attribution.linear_reporting_amount is 'value that equal shares give to the touch';
comment on column main.fact_attribution.time_decay_reporting_amount is 'value that shares halving by the week give to the touch';
comment on column main.fact_attribution.position_reporting_amount is 'value that the position model gives to the touch';
