create table main.fact_inventory_daily (
    row_id decimal(38, 0),
    source_system varchar,
    product_key bigint,
    location varchar,
    inventory_kind varchar,
    counted_on date,
    counted_date_key integer,
    stock_quantity decimal(18, 4),
    unit_cost decimal(18, 4),
    stock_amount decimal(18, 4),
    currency_code varchar,
    reporting_amount decimal(18, 4),
    is_latest boolean,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_inventory_daily is 'What is in stock? Grain: one product in one place on one day it was counted, by kind of stock; adds up over products and places, never over days';
comment on column main.fact_inventory_daily.row_id is 'identity of the source row in the ods: hash of feed and source key, or of the content where the feed has no key';
comment on column main.fact_inventory_daily.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_inventory_daily.product_key is 'product, see dim_product; -1 = the row names none';
comment on column main.fact_inventory_daily.location is 'warehouse or branch, word of the source';
comment on column main.fact_inventory_daily.inventory_kind is 'finished good, sample or promotional, or the source''s word where it is not known';
comment on column main.fact_inventory_daily.counted_on is 'day of the count';
comment on column main.fact_inventory_daily.counted_date_key is 'the same day, see dim_date; -1 = not told';
comment on column main.fact_inventory_daily.stock_quantity is 'units on hand';
comment on column main.fact_inventory_daily.unit_cost is 'cost of one unit: the row''s, else the product''s';
comment on column main.fact_inventory_daily.stock_amount is 'stock_quantity x unit_cost; null without a cost';
comment on column main.fact_inventory_daily.currency_code is 'ISO 4217 code of every amount in the row except reporting amounts, see dim_currency';
comment on column main.fact_inventory_daily.reporting_amount is 'stock_amount in the company''s currency at the rate of the day; null without a rate';
comment on column main.fact_inventory_daily.is_latest is 'true on the last count of the product in its place';
comment on column main.fact_inventory_daily.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_inventory_daily.source_row is 'line or worksheet row in that file, from 1';
