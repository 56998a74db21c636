create view main.kpi_subscription (
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    is_period_over boolean,
    opening_count bigint,
    new_count bigint,
    ended_count bigint,
    closing_count bigint,
    churned_count bigint,
    churn_rate decimal(18, 6),
    opening_amount decimal(38, 4),
    new_amount decimal(38, 4),
    expansion_amount decimal(38, 4),
    contraction_amount decimal(38, 4),
    ended_amount decimal(38, 4),
    closing_amount decimal(38, 4),
    churned_amount decimal(38, 4),
    amount_churn_rate decimal(18, 6)
);

comment on view main.kpi_subscription is 'What do subscriptions bring a month, how many are won and how many are lost? Formula: churn_rate = churned_count / opening_count; amount_churn_rate = churned_amount / opening_amount. Grain: breakdown, member and period up to now';
comment on column main.kpi_subscription.breakdown is 'what members are: all, product, party type, country, or division, department, team and sales person who look after it, else of the latest touch; take one';
comment on column main.kpi_subscription.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_subscription.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_subscription.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_subscription.is_period_over is 'false for the period in which the as-of day lies: it may lose more until its end';
comment on column main.kpi_subscription.opening_count is 'subscriptions at the beginning of the period; denominator';
comment on column main.kpi_subscription.new_count is 'that began, or began again, in the period; of a product also those that changed to it';
comment on column main.kpi_subscription.ended_count is 'that ended in the period; of a product also those that changed to another';
comment on column main.kpi_subscription.closing_count is 'at its end, or now: opening + new - ended';
comment on column main.kpi_subscription.churned_count is 'of those at the beginning, how many ended in the period; numerator';
comment on column main.kpi_subscription.churn_rate is 'churned_count / opening_count; null where there were none';
comment on column main.kpi_subscription.opening_amount is 'what they bring a month at the beginning of the period, in the company''s currency; denominator';
comment on column main.kpi_subscription.new_amount is 'what those that began bring a month';
comment on column main.kpi_subscription.expansion_amount is 'what running ones bring more by changes of plan, quantity or price, and after a rest';
comment on column main.kpi_subscription.contraction_amount is 'what running ones bring less by such changes, and while they rest; positive';
comment on column main.kpi_subscription.ended_amount is 'what those that ended brought a month';
comment on column main.kpi_subscription.closing_amount is 'recurring revenue a month at the end of the period, or now: opening + new + expansion - contraction - ended';
comment on column main.kpi_subscription.churned_amount is 'of those at the beginning, what the ended ones brought a month at last; numerator';
comment on column main.kpi_subscription.amount_churn_rate is 'churned_amount / opening_amount; null where there was none';
