create view main.kpi_order_tracking (
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    fulfilment_count bigint,
    waiting_count bigint,
    shipped_count bigint,
    delivered_count bigint,
    cancelled_count bigint,
    open_amount decimal(38, 4),
    timed_ship_count bigint,
    ship_days bigint,
    timed_deliver_count bigint,
    deliver_days bigint,
    shipped_within_2_days_count bigint,
    average_ship_days decimal(18, 6),
    average_deliver_days decimal(18, 6),
    delivered_share decimal(18, 6)
);

comment on view main.kpi_order_tracking is 'How far are the orders on their way, and how long does each part take? Formula: delivered_count / (fulfilment_count - cancelled_count); ship_days / timed_ship_count. Grain: breakdown, member and period in which it was ordered';
comment on column main.kpi_order_tracking.breakdown is 'what members are: all, division, department, team, sales person or touchpoint';
comment on column main.kpi_order_tracking.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_order_tracking.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_order_tracking.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_order_tracking.fulfilment_count is 'shipments, downloads and orders that wait';
comment on column main.kpi_order_tracking.waiting_count is 'of those, nothing left yet';
comment on column main.kpi_order_tracking.shipped_count is 'of those, on their way';
comment on column main.kpi_order_tracking.delivered_count is 'of those, arrived or downloaded; numerator of delivered_share';
comment on column main.kpi_order_tracking.cancelled_count is 'of those, cancelled';
comment on column main.kpi_order_tracking.open_amount is 'value of the orders that neither arrived nor were cancelled, in the company''s currency';
comment on column main.kpi_order_tracking.timed_ship_count is 'fulfilments that left; denominator of average_ship_days';
comment on column main.kpi_order_tracking.ship_days is 'days from order to dispatch, summed';
comment on column main.kpi_order_tracking.timed_deliver_count is 'fulfilments that arrived; denominator of average_deliver_days';
comment on column main.kpi_order_tracking.deliver_days is 'days from order to arrival, summed';
comment on column main.kpi_order_tracking.shipped_within_2_days_count is 'left at most two days after the order';
comment on column main.kpi_order_tracking.average_ship_days is 'ship_days / timed_ship_count';
comment on column main.kpi_order_tracking.average_deliver_days is 'deliver_days / timed_deliver_count';
comment on column main.kpi_order_tracking.delivered_share is 'delivered_count / (fulfilment_count - cancelled_count)';
