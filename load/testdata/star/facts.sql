-- Two feeds' worth of orders, invoices and payments, small enough to add up by hand.
insert into ods.product by name
select
    *,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (1101, 'p1', 'Glass cleaner', 'Shine', 'Home', 'Care', 'Consumer'),
    (1102, 'p2', 'Sponge', 'Shine', 'Home', 'Care', 'Consumer')
) as product (row_id, product_id, name, brand, brand_family, category, product_line);

insert into ods.campaign by name
select
    1201 as row_id,
    'k1' as campaign_id,
    'Spring mail' as name,
    'Newsletter' as channel,
    date '2025-03-01' as start_date,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted;

insert into ods.employee by name
select
    *,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (1301, 'e1', 'Eve Seller', 'North', 'e2'),
    (1302, 'e2', 'Max Boss', 'North', null)
) as employee (row_id, employee_id, name, division, manager_employee_id);

-- Dollars are quoted per euro (the other way round), pounds into euros.
insert into ods.exchange_rate by name
select
    *,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (1401, date '2025-03-01', 'EUR', 'USD', cast(1.25 as decimal(18, 4))),
    (1402, date '2025-03-30', 'GBP', 'EUR', cast(1.2 as decimal(18, 4)))
) as rate (row_id, rate_on, from_currency_code, to_currency_code, rate);

insert into ods."order" by name
select
    *,
    'shop' as source_system,
    timestamptz '2025-04-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (1501, 'o1', 101, 'k1', null, 'e1', 'paid', null, false, timestamptz '2025-03-31 23:30:00+00', null),
    (1502, 'o2', 102, null, 'PPC', null, 'open', 'USD', false, timestamptz '2025-03-02 10:00:00+00', 's2'),
    (1503, 'o3', 101, null, 'smoke signals', null, 'cancelled', 'GBP', true, timestamptz '2025-03-29 10:00:00+00', null)
) as header (
    row_id, order_id, source_customer_key, campaign_id, channel, employee_id, status, currency_code, is_cancelled,
    ordered_at, session_id
);

-- o1: stated amount; computed 3 x 2.5 - 0.1; an exact duplicate of it. o2: dollars. o3: pounds before the
-- first rate, cancelled. o9: an order nobody delivered. A product without master row.
insert into ods.order_line by name
select
    * exclude (quantity, unit_price, discount_amount, line_amount),
    cast(quantity as decimal(18, 4)) as quantity,
    cast(unit_price as decimal(18, 4)) as unit_price,
    cast(discount_amount as decimal(18, 4)) as discount_amount,
    cast(line_amount as decimal(18, 4)) as line_amount,
    'shop' as source_system,
    7 as file_key,
    timestamptz '2025-04-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (1601, 'o1', '1', 'p1', 1, 10.0, null, 9.99, null, false, 2),
    (1602, 'o1', '2', 'p2', 3, 2.5, 0.1, null, null, false, 3),
    (1603, 'o1', '2', 'p2', 3, 2.5, 0.1, null, null, true, 4),
    (1604, 'o2', '1', 'px', 2, 5.0, null, null, 'USD', false, 5),
    (1605, 'o3', '1', 'p1', -1, 8.0, null, null, null, false, 6),
    (1606, 'o9', '1', null, 1, 1.0, null, 1.0, 'EUR', false, 7)
) as line (
    row_id, order_id, line_id, product_id, quantity, unit_price, discount_amount, line_amount, currency_code,
    is_exact_duplicate, source_row
);

insert into ods.invoice by name
select
    *,
    'billing' as source_system,
    timestamptz '2025-04-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (1701, 'i1', 201, 'o1', 'invoice', null, date '2025-04-02', date '2025-05-02', 'EUR'),
    (1702, 'i2', 201, 'o1', 'credit_note', 'i1', date '2025-04-10', null, 'EUR')
) as document (
    row_id, invoice_id, source_customer_key, order_id, type, credited_invoice_id, invoiced_on, due_on, currency_code
);

insert into ods.invoice_line by name
select
    * exclude (quantity, unit_price, line_amount),
    cast(quantity as decimal(18, 4)) as quantity,
    cast(unit_price as decimal(18, 4)) as unit_price,
    cast(line_amount as decimal(18, 4)) as line_amount,
    'billing' as source_system,
    false as is_exact_duplicate,
    timestamptz '2025-04-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (1801, 'i1', '1', 'p1', 1, 9.99, null),
    (1802, 'i2', '1', 'p1', 1, 9.99, -9.99)
) as line (row_id, invoice_id, line_id, product_id, quantity, unit_price, line_amount);

-- A payment of an invoice without customer of its own, one of an order of another system, one of nothing.
insert into ods.payment by name
select
    * exclude (amount),
    cast(amount as decimal(18, 4)) as amount,
    'billing' as source_system,
    false as is_exact_duplicate,
    timestamptz '2025-04-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (1901, 'y1', 'i1', null, 9.99, timestamptz '2025-04-20 12:00:00+00', 'EUR'),
    (1902, 'y2', null, 'o2', 10.0, timestamptz '2025-03-03 12:00:00+00', 'USD'),
    (1903, 'y3', null, null, 5.0, null, null)
) as payment (row_id, payment_id, invoice_id, order_id, amount, paid_at, currency_code);

insert into ods.activity by name
select
    *,
    'shop' as source_system,
    false as is_exact_duplicate,
    timestamptz '2025-04-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (2001, 'a1', 101, 'k1', 'e1', 'Call', 'Outbound', null, timestamptz '2025-03-10 09:00:00+00'),
    (2002, 'a2', 101, null, null, 'Mail', 'incoming', 'a1', timestamptz '2025-03-10 10:00:00+00')
) as activity (
    row_id, activity_id, source_customer_key, campaign_id, employee_id, type, direction, replies_to_activity_id, "at"
);
