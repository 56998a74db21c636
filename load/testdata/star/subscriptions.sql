-- Nine subscriptions: one that never changes, one whose price rises before it ends, one with a free trial and a rest, a
-- draft, one that begins again, one of two items of which one grows and the other goes, one that ended within its trial,
-- one with an end to come, one whose end was taken back before it came.
insert into ods.subscription_version by name
select told.*, 'saas' as source_system, false as is_deleted, coalesce(told.updated_at, told.started_at) as effective_at
from (values
    (1, 'a', 101, 30, 'Monthly', 'Active', timestamptz '2025-01-10 08:00:00+00', null, null, null, null),
    (2, 'b', 102, 1200, 'year', 'active', timestamptz '2025-01-20 08:00:00+00', null, null, null, null),
    (2, 'b', 102, 1800, 'year', 'active', timestamptz '2025-01-20 08:00:00+00', null, null, null, timestamptz '2025-03-05 08:00:00+00'),
    (2, 'b', 102, 1800, 'year', 'canceled', timestamptz '2025-01-20 08:00:00+00', null, timestamptz '2025-03-20 08:00:00+00', timestamptz '2025-04-15 08:00:00+00', timestamptz '2025-04-15 09:00:00+00'),
    (3, 'c', 101, 12, 'weekly', 'trialing', timestamptz '2025-01-25 08:00:00+00', timestamptz '2025-02-10 08:00:00+00', null, null, null),
    (3, 'c', 101, 12, 'weekly', 'paused', timestamptz '2025-01-25 08:00:00+00', timestamptz '2025-02-10 08:00:00+00', null, null, timestamptz '2025-03-10 08:00:00+00'),
    (3, 'c', 101, 12, 'weekly', 'active', timestamptz '2025-01-25 08:00:00+00', timestamptz '2025-02-10 08:00:00+00', null, null, timestamptz '2025-04-01 08:00:00+00'),
    (4, 'd', 101, 99, 'month', 'incomplete', timestamptz '2025-01-25 08:00:00+00', null, null, null, null),
    (5, 'e', 102, 90, 'vierteljährlich', 'active', timestamptz '2025-01-05 08:00:00+00', null, null, null, null),
    (5, 'e', 102, 90, 'vierteljährlich', 'gekündigt', timestamptz '2025-01-05 08:00:00+00', null, timestamptz '2025-02-07 08:00:00+00', null, timestamptz '2025-02-08 08:00:00+00'),
    (5, 'e', 102, 90, 'vierteljährlich', 'active', timestamptz '2025-01-05 08:00:00+00', null, null, null, timestamptz '2025-04-02 08:00:00+00'),
    (6, 'f', 201, null, null, null, timestamptz '2025-02-01 08:00:00+00', null, null, null, null),
    (7, 'g', 201, 50, 'month', 'expired', timestamptz '2025-02-01 08:00:00+00', timestamptz '2025-02-28 08:00:00+00', null, timestamptz '2025-02-20 08:00:00+00', null),
    (8, 'h', 201, 20, 'month', null, timestamptz '2025-03-01 08:00:00+00', null, null, timestamptz '2026-12-31 08:00:00+00', null),
    (9, 'i', 102, 25, 'month', 'active', timestamptz '2025-05-01 08:00:00+00', null, null, null, null),
    (9, 'i', 102, 25, 'month', 'canceled', timestamptz '2025-05-01 08:00:00+00', null, timestamptz '2025-06-01 08:00:00+00', timestamptz '2026-06-30 08:00:00+00', timestamptz '2025-06-01 08:00:00+00'),
    (9, 'i', 102, 25, 'month', 'active', timestamptz '2025-05-01 08:00:00+00', null, null, null, timestamptz '2025-07-01 08:00:00+00')
) as told (row_id, subscription_id, source_customer_key, amount, interval, status, started_at, trial_ends_at, cancelled_at, ended_at, updated_at);

insert into ods.subscription select * from ods.subscription_version qualify row_number() over (partition by row_id order by effective_at desc) = 1;

insert into ods.product by name
select *, timestamptz '2025-01-01 00:00:00+00' as effective_at, false as is_deleted
from (values (11, 'seat', 'Seat', 10, 'month'), (12, 'care', 'Care', 120, 'year')) as plan (row_id, product_id, name, unit_price, price_interval);

insert into ods.subscription_item_version by name
select *, 'saas' as source_system, 'f' as subscription_id
from (values (21, 'seat', 3, timestamptz '2025-03-01 08:00:00+00', false), (21, 'seat', 5, timestamptz '2025-05-10 08:00:00+00', false),
    (22, 'care', null, timestamptz '2025-03-01 08:00:00+00', false), (22, 'care', null, timestamptz '2025-06-10 08:00:00+00', true))
    as item (row_id, product_id, quantity, effective_at, is_deleted);

insert into ods.subscription_item select * from ods.subscription_item_version qualify row_number() over (partition by row_id order by effective_at desc) = 1;
