create table main.fact_order_line (
    row_id decimal(38, 0),
    source_system varchar,
    order_id varchar,
    line_id varchar,
    ordered_at timestamptz,
    order_date_key integer,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    product_key bigint,
    campaign_key bigint,
    channel_key bigint,
    employee_key bigint,
    opportunity_id varchar,
    touchpoint varchar,
    touchpoint_key bigint,
    country_code varchar,
    order_status varchar,
    quantity decimal(18, 4),
    unit_price decimal(18, 4),
    discount_amount decimal(18, 4),
    order_discount_amount decimal(18, 4),
    tax_amount decimal(18, 4),
    line_amount decimal(18, 4),
    currency_code varchar,
    reporting_amount decimal(18, 4),
    is_cancelled boolean,
    is_called_off boolean,
    is_exact_duplicate boolean,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_order_line is 'What was ordered, by whom, when, for how much? Grain: one line of one order as delivered';
comment on column main.fact_order_line.row_id is 'identity of the source row in the ods: hash of feed and source key, or of the content where the feed has no key';
comment on column main.fact_order_line.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_order_line.order_id is 'order the line belongs to, unique within its source system';
comment on column main.fact_order_line.line_id is 'line within the order; null where the source has no line ids';
comment on column main.fact_order_line.ordered_at is 'when it was ordered: the line''s time, else the order''s';
comment on column main.fact_order_line.order_date_key is 'day it was ordered in the company''s zone, see dim_date; -1 = not told';
comment on column main.fact_order_line.source_customer_key is 'the party as its source system knows it; never changes, also when customers are merged or split; -1 = the row names no customer';
comment on column main.fact_order_line.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_order_line.product_key is 'product, see dim_product; -1 = the row names none';
comment on column main.fact_order_line.campaign_key is 'campaign that the source credits, see dim_campaign; -2 = the row names none';
comment on column main.fact_order_line.channel_key is 'marketing channel, see dim_channel; -1 = word not known, -2 = the row names none';
comment on column main.fact_order_line.employee_key is 'employee who took part, see dim_employee; -2 = the row names none';
comment on column main.fact_order_line.opportunity_id is 'opportunity of the same system that the order came of, see fact_pipeline; null where the source names none';
comment on column main.fact_order_line.touchpoint is 'where the order was placed (internet, phone, branch), word of the source';
comment on column main.fact_order_line.touchpoint_key is 'where the order was placed, see dim_touchpoint; -1 = word not known, -2 = the row names none';
comment on column main.fact_order_line.country_code is 'ISO 3166-1 alpha-2 country: the line''s, else the order''s';
comment on column main.fact_order_line.order_status is 'status word of the order; null where the order itself was not delivered';
comment on column main.fact_order_line.quantity is 'units; negative where returned or cancelled';
comment on column main.fact_order_line.unit_price is 'price of one unit, net unless the feed''s contract says otherwise; the list price that its product has now where the line tells neither price nor amount';
comment on column main.fact_order_line.discount_amount is 'discount on the line as the source states it, else its percentage of quantity x unit_price rounded to 4 places';
comment on column main.fact_order_line.order_discount_amount is 'the line''s share of a discount on the whole order that its source tells beside the lines, by their amounts; taken off line_amount; null where there is none, or where the total of the order shows that the lines have it already';
comment on column main.fact_order_line.tax_amount is 'tax on the line';
comment on column main.fact_order_line.line_amount is 'amount of the line as the source states it, else quantity x unit_price - discount_amount rounded to 4 places, less order_discount_amount; null where neither is possible';
comment on column main.fact_order_line.currency_code is 'ISO 4217 code of every amount in the row except reporting amounts, see dim_currency';
comment on column main.fact_order_line.reporting_amount is 'line_amount in the company''s currency at the rate of the day it was ordered; null without a rate';
comment on column main.fact_order_line.is_cancelled is 'true where the line cancels an earlier one, or where its order was cancelled, or is a draft or quotation yet, as a field or the status says';
comment on column main.fact_order_line.is_called_off is 'true where the status of the order says that it was cancelled, or is a draft or quotation yet, or where it was deleted: a return that was called off takes nothing off';
comment on column main.fact_order_line.is_exact_duplicate is 'true where an equal row came before it in the same delivery; such rows are kept, since two equal lines may be two sales';
comment on column main.fact_order_line.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_order_line.source_row is 'line or worksheet row in that file, from 1';
