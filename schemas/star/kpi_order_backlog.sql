create view main.kpi_order_backlog (
    breakdown varchar,
    member varchar,
    waiting_count bigint,
    waiting_amount decimal(38, 4),
    oldest_waiting_at timestamptz,
    shipped_in_4_weeks_count bigint,
    backlog_weeks decimal(18, 6),
    oldest_waiting_days bigint
);

comment on view main.kpi_order_backlog is 'How many weeks of work are the open orders, at the pace of the last four weeks? Formula: 4 x waiting_count / shipped_in_4_weeks_count. Grain: breakdown and member, as of now';
comment on column main.kpi_order_backlog.breakdown is 'what members are: all, division, department, team and sales person of the order, or touchpoint; take one';
comment on column main.kpi_order_backlog.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_order_backlog.waiting_count is 'orders of which nothing left yet';
comment on column main.kpi_order_backlog.waiting_amount is 'their value, in the company''s currency';
comment on column main.kpi_order_backlog.oldest_waiting_at is 'when the oldest of them was placed';
comment on column main.kpi_order_backlog.shipped_in_4_weeks_count is 'fulfilments that left in the 28 days up to the as-of moment: the capacity that was shown';
comment on column main.kpi_order_backlog.backlog_weeks is '4 x waiting_count / shipped_in_4_weeks_count; null where nothing left';
comment on column main.kpi_order_backlog.oldest_waiting_days is 'days the oldest waits';
