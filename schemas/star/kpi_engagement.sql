create view main.kpi_engagement (
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    touch_count bigint,
    touch_out_count bigint,
    touch_in_count bigint,
    reply_count bigint,
    two_way_count bigint,
    decided_touch_count bigint,
    won_touch_count bigint,
    reply_rate decimal(18, 6),
    two_way_share decimal(18, 6)
);

comment on view main.kpi_engagement is 'How much do customers answer, and how much of our contact leads to a decision? Formula: reply_count / touch_out_count, two_way_count / touch_count. Grain: breakdown, member and period in which the touch happened';
comment on column main.kpi_engagement.breakdown is 'what members are: all, division, department, team, sales person, channel or touchpoint';
comment on column main.kpi_engagement.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_engagement.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_engagement.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_engagement.touch_count is 'touches of all kinds; denominator of two_way_share';
comment on column main.kpi_engagement.touch_out_count is 'touches that the company began; denominator of reply_rate';
comment on column main.kpi_engagement.touch_in_count is 'touches that came from the customer';
comment on column main.kpi_engagement.reply_count is 'touches that answer an earlier one';
comment on column main.kpi_engagement.two_way_count is 'touches in which both sides took part';
comment on column main.kpi_engagement.decided_touch_count is 'touches of pursuits that are closed by now';
comment on column main.kpi_engagement.won_touch_count is 'of those, touches of won pursuits';
comment on column main.kpi_engagement.reply_rate is 'reply_count / touch_out_count; null where nothing was sent';
comment on column main.kpi_engagement.two_way_share is 'two_way_count / touch_count';
