-- 1,000 sessions: all see a product, 500 use the cart, 300 order. Of the orders 200 are paid, 100 shipped,
-- 50 delivered; sessions 0 and 1 are of one customer, so that session 0 is followed by a repeated order.
insert into ods.idn.source_record
select
    1000 + customer,
    1 + customer,
    null,
    1000 + customer
from range(1, 300) as party (customer);

insert into ods.idn.golden_customer by name
select
    1 + customer as customer_key,
    0 as valid_from,
    'person' as party_type,
    1 as member_count,
    true as is_current
from range(1, 300) as party (customer);

insert into ods.web_event by name
select
    j * 10 + step as row_id,
    'store' as source_system,
    'v' || j as visitor_id,
    's' || j as session_id,
    word as type,
    if(step = 1 and j % 2 = 0, 'cpc', null) as channel,
    if(word = 'purchase', 'o' || j, null) as order_id,
    timestamptz '2025-06-01 08:00:00+00' + to_minutes(cast(j as integer)) + to_seconds(step) as "at",
    false as is_exact_duplicate,
    timestamptz '2025-06-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(1000) as session (j)
inner join (
    values
    (1, 'page view', 1000), (2, 'Product_View', 1000), (3, 'add to cart', 500), (4, 'purchase', 300), (5, 'zoom', 10)
) as step (step, word, reached) on session.j < step.reached;

-- Events without a session: one session for each visitor and day.
insert into ods.web_event by name
select
    *,
    'app' as source_system,
    false as is_exact_duplicate,
    timestamptz '2025-06-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (50001, 'w1', 'visit', timestamptz '2025-06-01 08:00:00+00'),
    (50002, 'w1', 'cart', timestamptz '2025-06-01 22:59:00+00'),
    (50003, 'w1', 'visit', timestamptz '2025-06-01 23:01:00+00')
) as event (row_id, visitor_id, type, "at");

insert into ods."order" by name
select
    60000 + j as row_id,
    'store' as source_system,
    'o' || j as order_id,
    1000 + greatest(j, 1) as source_customer_key,
    timestamptz '2025-06-01 09:00:00+00' + to_minutes(cast(j as integer)) as ordered_at,
    false as is_cancelled,
    timestamptz '2025-06-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(300) as placed (j);

-- Billing pays by invoice: the order is of another system.
insert into ods.invoice by name
select
    70000 + j as row_id,
    'billing' as source_system,
    'i' || j as invoice_id,
    'o' || j as order_id,
    timestamptz '2025-06-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(200) as billed (j);

insert into ods.payment by name
select
    80000 + j as row_id,
    'billing' as source_system,
    'i' || j as invoice_id,
    cast(10 as decimal(18, 4)) as amount,
    timestamptz '2025-06-05 09:00:00+00' as paid_at,
    false as is_exact_duplicate,
    timestamptz '2025-06-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(200) as payment (j);

insert into ods.fulfilment by name
select
    90000 + j as row_id,
    'store' as source_system,
    'o' || j as order_id,
    timestamptz '2025-06-06 09:00:00+00' as shipped_at,
    if(j < 50, timestamptz '2025-06-07 09:00:00+00', null) as delivered_at,
    timestamptz '2025-06-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(100) as parcel (j);
