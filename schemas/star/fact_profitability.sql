create table main.fact_profitability (
    row_id decimal(38, 0),
    source_system varchar,
    profitability_id varchar,
    period_on date,
    period_date_key integer,
    product_key bigint,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    org_unit_key bigint,
    division varchar,
    revenue_amount decimal(18, 4),
    cost_amount decimal(18, 4),
    margin_amount decimal(18, 4),
    currency_code varchar,
    reporting_revenue_amount decimal(18, 4),
    reporting_cost_amount decimal(18, 4),
    reporting_margin_amount decimal(18, 4),
    is_costed boolean,
    is_exact_duplicate boolean,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_profitability is 'What was earned, as finance reports it? Grain: profit of one product, customer or division in one period as delivered';
comment on column main.fact_profitability.row_id is 'identity of the source row in the ods: hash of feed and source key, or of the content where the feed has no key';
comment on column main.fact_profitability.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_profitability.profitability_id is 'row of the report, unique within its source system; null where the source has no ids';
comment on column main.fact_profitability.period_on is 'first day of the period';
comment on column main.fact_profitability.period_date_key is 'first day of the period, see dim_date; -1 = not told';
comment on column main.fact_profitability.product_key is 'product, see dim_product; -2 = the row names none';
comment on column main.fact_profitability.source_customer_key is 'the party as its source system knows it; never changes, also when customers are merged or split; -2 = the row is about no single customer';
comment on column main.fact_profitability.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known, -2 = the row is about no single customer';
comment on column main.fact_profitability.org_unit_key is 'division it is about, see dim_org_unit; -2 = none named';
comment on column main.fact_profitability.division is 'division, word of the source';
comment on column main.fact_profitability.revenue_amount is 'revenue, net';
comment on column main.fact_profitability.cost_amount is 'cost of that revenue';
comment on column main.fact_profitability.margin_amount is 'revenue less cost: as the source states it, else computed; where a row holds only one of the two (a line of a ledger), that one, so that margins add up';
comment on column main.fact_profitability.currency_code is 'ISO 4217 code of every amount in the row except reporting amounts, see dim_currency';
comment on column main.fact_profitability.reporting_revenue_amount is 'revenue_amount in the company''s currency at the rate of the first day; null without a rate';
comment on column main.fact_profitability.reporting_cost_amount is 'cost_amount in the company''s currency at the rate of the first day; null without a rate';
comment on column main.fact_profitability.reporting_margin_amount is 'margin_amount in the company''s currency at the rate of the first day; null without a rate';
comment on column main.fact_profitability.is_costed is 'true where the source tells what the revenue cost: in the row, or in another one of the same product and customer, or of the whole division, in that period; where false margin_amount is all of the revenue';
comment on column main.fact_profitability.is_exact_duplicate is 'true where an equal row came before it in the same delivery; such rows are kept, since two equal lines may be two sales';
comment on column main.fact_profitability.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_profitability.source_row is 'line or worksheet row in that file, from 1';
