-- A company of {scale} x 100,000 customers, 1,000,000 order lines and 1,000,000 web events, for benchmarks: who
-- buys what, from the first click to the money. Values are spread; a few customers and products have most of it.

-- A number below n that looks drawn by lot, the same in each run.
create or replace macro main.pick(i, salt, n) as
    cast(hash(i, salt) % cast(n as ubigint) as bigint);

-- Likewise, small numbers more often: half of the draws lie in the first quarter.
create or replace macro main.skewed(i, salt, n) as
    cast(floor(n * power(cast(hash(i, salt) % 1000003 as double) / 1000003, 2)) as bigint);

-- The i-th of n moments of 1,168 days up to 19 March 2026.
create or replace macro main.moment(i, n) as
    timestamptz '2023-01-06 06:00:00+00' + to_seconds(i * 100915200 // n);

-- Who placed an order: a party of one of two records a customer.
create or replace macro main.buyer(i) as
    1000000 + main.skewed(i, 1, 200000 * {scale});

insert into ods.idn.source_record
select
    1000000 + i,
    1 + i // 2,
    null,
    1000000 + i // 2 * 2
from range(200000 * {scale}) as record (i);

insert into ods.idn.golden_customer by name
select
    1 + i as customer_key,
    if(i % 10 = 0, 1700000000000000, 0) as valid_from,
    if(i % 20 = 1, 'organisation', 'person') as party_type,
    'Invented' || main.skewed(i, 11, 400) as given_name,
    'Madeup' || main.skewed(i, 12, 30000) as family_name,
    if(i % 20 = 1, 'Made Up ' || i || ' Ltd', null) as organisation_name,
    coalesce(organisation_name, given_name || ' ' || family_name) as display_name,
    i % 5000 || ' Example Street' as street,
    lpad(cast(main.pick(i, 13, 5000) as varchar), 5, '0') as postcode,
    'Sampletown' || main.pick(i, 13, 500) as city,
    ['GB', 'DE', 'FR'][1 + main.skewed(i, 14, 3)] as country_code,
    i % 50 = 3 as is_opted_out,
    2 as member_count,
    true as is_current
from range(100000 * {scale}) as golden (i);

insert into ods.idn.golden_customer by name
select
    * replace (0 as valid_from, 1700000000000000 as valid_to, 'Oldname' as family_name, false as is_current)
from ods.idn.golden_customer
where valid_from > 0;

insert into ods.customer by name
select
    i as row_id,
    if(i % 2 = 0, 'shop', 'crm') as source_system,
    1000000 + i as source_customer_key,
    'c' || i as customer_id,
    timestamptz '2023-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(200000 * {scale}) as party (i);

insert into ods.product by name
select
    i as row_id,
    'p' || i as product_id,
    'Article ' || i as name,
    'Brand ' || i % 60 as brand,
    'Family ' || i % 12 as brand_family,
    'Category ' || i % 25 as category,
    ['Consumer', 'Office', 'Industry'][1 + i % 3] as product_line,
    cast(5 + i * 37 % 200 + 0.95 as decimal(18, 4)) as unit_price,
    cast(2 + i * 37 % 200 * 0.6 as decimal(18, 4)) as unit_cost,
    'EUR' as currency_code,
    i % 40 = 0 as is_download,
    timestamptz '2023-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(2000) as product (i);

insert into ods.employee by name
select
    i as row_id,
    'e' || i as employee_id,
    'Seller ' || i as name,
    'Team ' || i % 24 as team,
    ['North', 'South', 'East'][1 + i % 24 % 3] as division,
    if(i < 24, null, 'e' || i % 24) as manager_employee_id,
    timestamptz '2023-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(240) as employee (i);

insert into ods.campaign by name
select
    i as row_id,
    'k' || i as campaign_id,
    'Campaign ' || i as name,
    ['newsletter', 'cpc', 'tv', 'radio', 'direct mail', 'messe'][1 + i % 6] as channel,
    cast('2023-01-10' as date) + cast(i * 11 as integer) as start_date,
    timestamptz '2023-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(100) as campaign (i);

insert into ods.exchange_rate by name
select
    i as row_id,
    date '2023-01-01' + cast(i // 2 as integer) as rate_on,
    'EUR' as from_currency_code,
    if(i % 2 = 0, 'USD', 'GBP') as to_currency_code,
    cast(if(i % 2 = 0, 1.05, 0.83) + main.pick(i, 21, 100) * 0.001 as decimal(18, 4)) as rate,
    timestamptz '2023-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(2400) as rate (i);

-- Session i leads to order i * 8 // 5, where it comes that far: two in five sessions do.
insert into ods."order" by name
select
    i as row_id,
    'shop' as source_system,
    'o' || i as order_id,
    main.buyer(i) as source_customer_key,
    if(i % 10 < 3, 'k' || main.skewed(i, 2, 100), null) as campaign_id,
    if(i % 10 < 5, ['newsletter', 'seo', 'cpc', 'referral', 'radio'][1 + i % 5], null) as channel,
    if(main.pick(i, 3, 10) < 4, 'e' || main.pick(i, 4, 240), null) as employee_id,
    if((i * 5 + 7) // 8 * 8 // 5 = i and main.pick((i * 5 + 7) // 8, 8, 100) < 40, 's' || (i * 5 + 7) // 8, null)
        as session_id,
    case
        when session_id is not null then 'internet'
        when i % 3 = 0 then 'phone'
        else 'branch'
    end as touchpoint,
    case i % 50 when 7 then 'cancelled' else 'done' end as status,
    i % 50 = 7 as is_cancelled,
    case when i % 10 = 0 then 'USD' when i % 30 = 1 then 'GBP' else 'EUR' end as currency_code,
    main.moment(i, 400000 * {scale}) as ordered_at,
    ordered_at as effective_at,
    false as is_deleted
from range(400000 * {scale}) as header (i);

insert into ods.order_line by name
select
    i as row_id,
    'shop' as source_system,
    'o' || i * 2 // 5 as order_id,
    '' || i % 5 as line_id,
    'p' || main.skewed(i, 5, 2010) as product_id,
    cast(if(main.pick(i, 6, 100) = 0, -1, 1 + main.skewed(i, 7, 6)) as decimal(18, 4)) as quantity,
    cast(5 + main.skewed(i, 5, 2010) * 37 % 200 + 0.95 as decimal(18, 4)) as unit_price,
    if(i % 20 = 4, cast(0.5 as decimal(18, 4)), null) as discount_amount,
    false as is_exact_duplicate,
    1 as file_key,
    i as source_row,
    main.moment(i * 2 // 5, 400000 * {scale}) as effective_at,
    false as is_deleted
from range(1000000 * {scale}) as line (i);

insert into ods.invoice_line by name
select
    row_id,
    'billing' as source_system,
    'i' || order_id[2:] as invoice_id,
    line_id,
    product_id,
    quantity,
    unit_price,
    cast(quantity * unit_price - coalesce(discount_amount, 0) as decimal(18, 4)) as line_amount,
    cast(line_amount * 0.2 as decimal(18, 4)) as tax_amount,
    false as is_exact_duplicate,
    effective_at,
    false as is_deleted
from ods.order_line
where row_id < 875000 * {scale};

insert into ods.invoice by name
with total as (
    select
        invoice_id,
        sum(line_amount + tax_amount) as amount
    from ods.invoice_line
    group by invoice_id
)

select
    header.row_id,
    'billing' as source_system,
    total.invoice_id,
    header.source_customer_key,
    header.order_id,
    'invoice' as type,
    'sent' as status,
    cast(header.ordered_at + interval 2 days as date) as invoiced_on,
    invoiced_on + 30 as due_on,
    cast(total.amount as decimal(18, 4)) as total_amount,
    header.currency_code,
    header.ordered_at as effective_at,
    false as is_deleted
from ods."order" as header
inner join total on total.invoice_id = 'i' || header.order_id[2:];

insert into ods.payment by name
select
    row_id,
    'billing' as source_system,
    'y' || row_id as payment_id,
    invoice_id,
    if(main.pick(row_id, 31, 4) = 0, null, order_id) as order_id,
    cast(if(main.pick(row_id, 32, 20) = 0, total_amount / 2, total_amount) as decimal(18, 4)) as amount,
    currency_code,
    ['card', 'transfer', 'cash'][1 + main.pick(row_id, 33, 3)] as method,
    if(main.pick(row_id, 34, 50) = 0, 'declined', 'ok') as status,
    effective_at + to_days(cast(main.skewed(row_id, 35, 60) as integer)) as paid_at,
    false as is_exact_duplicate,
    paid_at as effective_at,
    false as is_deleted
from ods.invoice
where row_id < 335000 * {scale};

insert into ods.refund by name
select
    row_id,
    'billing' as source_system,
    'r' || row_id as refund_id,
    payment_id,
    amount,
    currency_code,
    'ok' as status,
    'faulty' as reason,
    paid_at + interval 20 days as "at",
    false as is_exact_duplicate,
    "at" as effective_at,
    false as is_deleted
from ods.payment
where row_id % 100 = 3;

insert into ods.fulfilment by name
select
    row_id,
    'shop' as source_system,
    'f' || row_id as fulfilment_id,
    order_id,
    if(row_id % 20 = 0, 'download', 'parcel') as kind,
    'carrier ' || row_id % 4 as carrier,
    'T' || row_id as tracking_number,
    ordered_at + to_hours(cast(main.skewed(row_id, 41, 120) as integer)) as shipped_at,
    if(row_id % 30 = 1, null, shipped_at + to_hours(20 + cast(main.skewed(row_id, 42, 100) as integer))) as delivered_at,
    shipped_at as effective_at,
    false as is_deleted
from ods."order"
where row_id < 380000 * {scale} and not is_cancelled;

-- Four events a session: it ends where its order does, or before.
insert into ods.web_event by name
select
    i as row_id,
    'shop' as source_system,
    'v' || main.buyer(i // 4 * 8 // 5) - main.pick(i // 4, 9, 3) as visitor_id,
    's' || i // 4 as session_id,
    if(main.pick(i // 4, 8, 100) < 55, main.buyer(i // 4 * 8 // 5), null) as source_customer_key,
    case
        when i % 4 = 0 then 'visit'
        when i % 4 = 2 and main.pick(i // 4, 8, 100) < 60 then 'cart'
        when i % 4 = 3 and main.pick(i // 4, 8, 100) < 40 then 'order'
        when i % 4 = 3 and main.pick(i // 4, 8, 100) < 50 then 'checkout'
        else 'product_view'
    end as type,
    if(i % 4 = 0, ['cpc', 'seo', 'newsletter', 'direct', 'facebook'][1 + main.pick(i // 4, 10, 5)], null) as channel,
    if(i % 4 = 0 and main.pick(i // 4, 43, 5) = 0, 'k' || main.skewed(i // 4, 44, 100), null) as campaign_id,
    if(type = 'order', 'o' || i // 4 * 8 // 5, null) as order_id,
    'p' || main.skewed(i, 45, 2000) as product_id,
    '/page/' || product_id as url,
    main.moment(i // 4 * 8 // 5, 400000 * {scale}) - to_minutes(cast(3 - i % 4 as integer)) as "at",
    false as is_exact_duplicate,
    "at" as effective_at,
    false as is_deleted
from range(1000000 * {scale}) as event (i);
