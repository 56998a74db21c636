-- A company of 100,000 customers, 1,000,000 order lines, 1,000,000 web events, 50,000 pursuits: for benchmarks.
insert into ods.idn.source_record
select
    1000000 + i,
    1 + i // 2,
    null,
    1000000 + i // 2 * 2
from range(200000) as record (i);

insert into ods.idn.golden_customer by name
select
    1 + i as customer_key,
    0 as valid_from,
    'person' as party_type,
    'Invented ' || i as display_name,
    2 as member_count,
    true as is_current
from range(100000) as golden (i);

insert into ods.customer by name
select
    i as row_id,
    'shop' as source_system,
    1000000 + i as source_customer_key,
    'c' || i as customer_id,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(200000) as party (i);

insert into ods."order" by name
select
    i as row_id,
    'shop' as source_system,
    'o' || i as order_id,
    1000000 + i * 7 % 200000 as source_customer_key,
    'c' || i * 7 % 200000 as customer_id,
    'k' || i % 100 as campaign_id,
    'newsletter' as channel,
    'e' || i % 50 as employee_id,
    if(i % 10 = 0, 'USD', 'EUR') as currency_code,
    timestamptz '2023-01-01 08:00:00+00' + to_minutes(i * 3) as ordered_at,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(400000) as header (i);

insert into ods.order_line by name
select
    i as row_id,
    'shop' as source_system,
    'o' || i * 2 // 5 as order_id,
    '' || i % 5 as line_id,
    'p' || i % 1000 as product_id,
    cast(1 + i % 3 as decimal(18, 4)) as quantity,
    cast(9.95 as decimal(18, 4)) as unit_price,
    false as is_exact_duplicate,
    1 as file_key,
    i as source_row,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(1000000) as line (i);

insert into ods.exchange_rate by name
select
    i as row_id,
    date '2023-01-01' + cast(i as integer) as rate_on,
    'EUR' as from_currency_code,
    'USD' as to_currency_code,
    cast(1.1 as decimal(18, 4)) as rate,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(1000) as rate (i);

insert into ods.web_event by name
select
    i as row_id,
    'shop' as source_system,
    'v' || i // 4 as visitor_id,
    's' || i // 4 as session_id,
    if(i % 3 = 0, 1000000 + i // 4 % 200000, null) as source_customer_key,
    ['visit', 'product_view', 'cart', 'order'][i % 4 + 1] as type,
    'cpc' as channel,
    if(i % 4 = 3, 'o' || i // 4, null) as order_id,
    'p' || i % 1000 as product_id,
    '/page/' || i % 1000 as url,
    timestamptz '2023-01-01 08:00:00+00' + to_minutes(i) as "at",
    false as is_exact_duplicate,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(1000000) as event (i);

insert into ods.payment by name
select
    i as row_id,
    'shop' as source_system,
    'y' || i as payment_id,
    'o' || i as order_id,
    cast(20 as decimal(18, 4)) as amount,
    timestamptz '2023-01-02 08:00:00+00' + to_minutes(i * 3) as paid_at,
    false as is_exact_duplicate,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(300000) as payment (i);

insert into ods.fulfilment by name
select
    i as row_id,
    'shop' as source_system,
    'o' || i as order_id,
    timestamptz '2023-01-03 08:00:00+00' + to_minutes(i * 3) as shipped_at,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(200000) as parcel (i);

insert into ods.activity by name
select
    i as row_id,
    'shop' as source_system,
    'a' || i as activity_id,
    1000000 + i % 200000 as source_customer_key,
    'l' || i % 50000 as lead_id,
    'call' as type,
    'out' as direction,
    timestamptz '2023-01-02 08:00:00+00' + to_minutes(i * 3) as "at",
    false as is_exact_duplicate,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(200000) as activity (i);

insert into ods.lead by name
select
    i as row_id,
    'shop' as source_system,
    'l' || i as lead_id,
    1000000 + i * 3 as source_customer_key,
    'c' || i * 3 as customer_id,
    'new' as status,
    timestamptz '2023-01-02 08:00:00+00' + to_minutes(i * 3) as created_at,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(50000) as lead (i);

insert into ods.stage_event by name
select
    i as row_id,
    'shop' as source_system,
    'l' || i // 3 as lead_id,
    ['suspect', 'contacted', 'appointment'][i % 3 + 1] as stage,
    timestamptz '2023-01-02 08:00:00+00' + to_minutes(i) as "at",
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(100000) as event (i);
