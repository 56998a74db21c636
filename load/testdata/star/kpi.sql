-- A year of sales and orders of three customers, small enough for every KPI to be computed by hand.
insert into ods.product by name
select
    * exclude (unit_cost),
    cast(unit_cost as decimal(18, 4)) as unit_cost,
    'EUR' as currency_code,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (1101, 'p1', 'Glass cleaner', 'Care', 4.0),
    (1102, 'p3', 'Ladder', 'Tools', null)
) as product (row_id, product_id, name, category, unit_cost);

insert into ods.employee by name
select
    *,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (1301, 'e1', 'Eve Seller', 'Blue', 'North'),
    (1302, 'e2', 'Max Closer', 'Red', 'South')
) as employee (row_id, employee_id, name, team, division);

-- Two won (10 and 20 days), two lost, two open: one with the source's chance, one without and of a division of its own.
insert into ods.opportunity by name
select
    * exclude (amount, probability_percent),
    cast(amount as decimal(18, 4)) as amount,
    cast(probability_percent as decimal(18, 4)) as probability_percent,
    'EUR' as currency_code,
    'crm' as source_system,
    created_at as effective_at,
    false as is_deleted
from (
    values
    (3001, 'w1', 101, 'e1', 'won', 1000, null, null, timestamptz '2025-01-01 10:00:00+00', timestamptz '2025-01-11 10:00:00+00', null, null),
    (3002, 'w2', 102, 'e1', 'won', 3000, null, null, timestamptz '2025-02-01 10:00:00+00', timestamptz '2025-02-21 10:00:00+00', null, null),
    (3003, 'l1', 203, 'e1', 'closed lost', 2000, null, null, timestamptz '2025-01-05 10:00:00+00', timestamptz '2025-01-20 10:00:00+00', 'competitor', null),
    (3004, 'l2', 203, 'e2', 'closed lost', 500, null, null, timestamptz '2025-03-01 10:00:00+00', timestamptz '2025-03-05 10:00:00+00', 'no budget', null),
    (3005, 'o1', 101, 'e1', 'proposal', 4000, 50, date '2025-06-15', timestamptz '2025-03-01 10:00:00+00', null, null, null),
    (3006, 'o2', 102, 'e2', 'appointment', 800, null, date '2025-06-20', timestamptz '2025-03-02 10:00:00+00', null, null, 'West')
) as deal (
    row_id, opportunity_id, source_customer_key, employee_id, status, amount, probability_percent, expected_close_date,
    created_at, closed_at, lost_reason, division
);

-- Three touches of w1 (one a reply), one of w2, two of l1; the last talk of customer 2 is 20 days before the as-of day.
insert into ods.activity by name
select
    *,
    'crm' as source_system,
    false as is_exact_duplicate,
    timestamptz '2025-04-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (2001, 't1', 101, 'w1', 'e1', 'mail', 'out', null, timestamptz '2025-01-02 09:00:00+00', 'phone'),
    (2002, 't2', 101, 'w1', 'e1', 'mail', 'in', 't1', timestamptz '2025-01-03 09:00:00+00', 'e-mail'),
    (2003, 't3', 101, 'w1', 'e1', 'mail', 'out', null, timestamptz '2025-01-04 09:00:00+00', null),
    (2004, 't4', 102, 'w2', 'e1', 'meeting', 'out', null, timestamptz '2026-03-11 09:00:00+00', 'visit'),
    (2005, 't5', 203, 'l1', 'e1', 'mail', 'out', null, timestamptz '2025-01-06 09:00:00+00', null),
    (2006, 't6', 203, 'l1', 'e1', 'mail', 'out', null, timestamptz '2025-01-07 09:00:00+00', 'chat')
) as activity (
    row_id, activity_id, source_customer_key, opportunity_id, employee_id, type, direction, replies_to_activity_id, "at", touchpoint
);

insert into ods."order" by name
select
    *,
    'shop' as source_system,
    'EUR' as currency_code,
    false as is_cancelled,
    ordered_at as effective_at,
    false as is_deleted
from (
    values
    (1501, 'a1', 101, timestamptz '2025-01-10 12:00:00+00'),
    (1502, 'a2', 101, timestamptz '2025-02-10 12:00:00+00'),
    (1503, 'a3', 101, timestamptz '2025-04-10 12:00:00+00'),
    (1504, 'b1', 102, timestamptz '2025-01-20 12:00:00+00'),
    (1505, 'c1', 203, timestamptz '2025-02-05 12:00:00+00'),
    (1506, 'c2', 203, timestamptz '2025-02-25 12:00:00+00')
) as header (row_id, order_id, source_customer_key, ordered_at);

insert into ods.order_line by name
select
    * exclude (quantity, line_amount),
    cast(quantity as decimal(18, 4)) as quantity,
    cast(line_amount as decimal(18, 4)) as line_amount,
    'shop' as source_system,
    false as is_exact_duplicate,
    timestamptz '2025-04-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (1601, 'a1', '1', 'p1', 10, 100),
    (1602, 'a2', '1', 'p1', 5, 50),
    (1603, 'a3', '1', 'p3', 1, 50),
    (1604, 'b1', '1', 'p1', 3, 30),
    (1605, 'c1', '1', 'p3', 4, 200),
    (1606, 'c2', '1', 'p3', 2, 100)
) as line (row_id, order_id, line_id, product_id, quantity, line_amount);
