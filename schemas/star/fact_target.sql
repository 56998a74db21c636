create table main.fact_target (
    row_id decimal(38, 0),
    source_system varchar,
    target_id varchar,
    period_on date,
    period_date_key integer,
    metric varchar,
    metric_word varchar,
    is_money boolean,
    org_unit_key bigint,
    division varchar,
    team varchar,
    employee_key bigint,
    product_line varchar,
    target_value decimal(18, 4),
    currency_code varchar,
    reporting_amount decimal(18, 4),
    is_exact_duplicate boolean,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_target is 'What is to be reached? Grain: one target of one part of the company or person, for one measure and period';
comment on column main.fact_target.row_id is 'identity of the source row in the ods: hash of feed and source key, or of the content where the feed has no key';
comment on column main.fact_target.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_target.target_id is 'target, unique within its source system; null where the source has no ids';
comment on column main.fact_target.period_on is 'first day of the period';
comment on column main.fact_target.period_date_key is 'first day of the period, see dim_date; -1 = not told';
comment on column main.fact_target.metric is 'what is measured, under one name (revenue, margin, cost, orders, appointments); the source''s word where it is not known';
comment on column main.fact_target.metric_word is 'what is measured, as the source says it';
comment on column main.fact_target.is_money is 'true where target_value is an amount of money, false where it counts something';
comment on column main.fact_target.org_unit_key is 'division or team it is set for, see dim_org_unit; -2 = the whole company';
comment on column main.fact_target.division is 'division, word of the source';
comment on column main.fact_target.team is 'team, word of the source';
comment on column main.fact_target.employee_key is 'person it is set for, see dim_employee; -2 = nobody in particular';
comment on column main.fact_target.product_line is 'product line it is set for; null = all';
comment on column main.fact_target.target_value is 'value to reach: money in currency_code, or a number of things';
comment on column main.fact_target.currency_code is 'ISO 4217 code of target_value, see dim_currency; null where it counts things';
comment on column main.fact_target.reporting_amount is 'target_value in the company''s currency at the rate of the first day; null where it counts things or lacks a rate';
comment on column main.fact_target.is_exact_duplicate is 'true where an equal row came before it in the same delivery; such rows are kept, since two equal lines may be two sales';
comment on column main.fact_target.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_target.source_row is 'line or worksheet row in that file, from 1';
