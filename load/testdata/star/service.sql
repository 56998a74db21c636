-- Marketing, service, finance and stock around the orders of facts.sql, small enough to add up by hand.
insert into ods.org_unit by name
select
    *,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (3001, 'u1', 'Field', 'Division', null),
    (3002, 'u2', 'Coast', 'department', 'u1'),
    (3003, 'u3', 'Harbour', 'team', 'u2'),
    (3004, 'u4', 'Ring', 'team', 'u4')
) as unit (row_id, org_unit_id, name, type, parent_org_unit_id);

insert into ods.account by name
select
    *,
    'shop' as source_system,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (3011, 'n1', 'Acme group', null, 'e1', null),
    (3012, 'n2', null, 'n1', null, 102),
    (3013, 'n3', 'Far', 'n9', null, null)
) as account (row_id, account_id, name, parent_account_id, employee_id, source_customer_key);

-- Out of Friday's last hour into Monday; one that waits since a Saturday.
insert into ods."case" by name
select
    *,
    'desk' as source_system,
    false as is_exact_duplicate,
    timestamptz '2025-05-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (
        3101, 'c1', 101, 'e1', 'Telephone', 'Solved', timestamptz '2025-05-02 15:00:00+00',
        timestamptz '2025-05-05 09:30:00+00', timestamptz '2025-05-06 08:00:00+00'
    ),
    (3102, 'c2', 102, null, 'smoke', 'Pending', timestamptz '2025-05-10 10:00:00+00', null, null)
) as service_case (
    row_id, case_id, source_customer_key, employee_id, touchpoint, status, opened_at, first_reply_at, closed_at
);

-- A mail that the next touch answers, a call nobody took, a touch of a case.
insert into ods.activity by name
select
    *,
    'shop' as source_system,
    false as is_exact_duplicate,
    timestamptz '2025-05-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (3201, 'a3', 101, null, 'E-Mail', 'in', null, null, 'web site', timestamptz '2025-05-12 08:00:00+00'),
    (3202, 'a4', 101, 'e1', 'mail', 'out', null, null, null, timestamptz '2025-05-12 10:00:00+00'),
    (3203, 'a5', 102, null, 'Call', 'in', 'No answer', null, 'hotline', timestamptz '2025-05-13 10:00:00+00'),
    (3204, 'a6', 102, 'e1', 'Visit', 'out', 'held', 'x9', 'smoke', timestamptz '2025-07-01 10:00:00+00')
) as activity (
    row_id, activity_id, source_customer_key, employee_id, type, direction, outcome, case_id, touchpoint, "at"
);

insert into ods.campaign_member by name
select
    *,
    'shop' as source_system,
    timestamptz '2025-03-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (3301, 'k1', 101, null, 'Sent', timestamptz '2025-03-01 12:00:00+00'),
    (3302, 'k1', 101, null, 'CLICKED', timestamptz '2025-03-03 12:00:00+00'),
    (3303, 'k1', 102, null, 'hard-bounce', timestamptz '2025-03-01 12:00:00+00'),
    (3304, 'k1', null, null, 'opt out', timestamptz '2025-03-02 12:00:00+00'),
    (3305, 'k7', null, 'l77', 'waved', timestamptz '2025-03-02 12:00:00+00')
) as member (row_id, campaign_id, source_customer_key, lead_id, status, "at");

insert into ods.campaign_spend by name
select
    *,
    'shop' as source_system,
    false as is_exact_duplicate,
    timestamptz '2025-03-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (3401, 'k1', null, date '2025-03-05', cast(100 as decimal(18, 4)), 'USD', 1000, 10),
    (3402, null, 'TV', date '2025-03-06', 50, null, null, null),
    (3403, null, 'sky writing', date '2025-03-06', 1, 'GBP', null, null)
) as spend (row_id, campaign_id, channel, spent_on, amount, currency_code, impressions, clicks);

insert into ods.target by name
select
    *,
    'finance' as source_system,
    false as is_exact_duplicate,
    timestamptz '2025-03-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (3501, date '2025-04-01', 'Umsatz', 'North', 'all', cast(1000 as decimal(18, 4)), null),
    (3502, date '2025-04-01', 'Appointments', 'North', 'e1', 12, 'EUR'),
    (3503, date '2025-04-01', 'sales', null, null, 500, 'USD')
) as target (row_id, period_on, metric, division, employee_id, amount, currency_code);

insert into ods.profitability by name
select
    *,
    'finance' as source_system,
    false as is_exact_duplicate,
    timestamptz '2025-03-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (3601, date '2025-04-01', 'p1', null, 'North', cast(100 as decimal(18, 4)), cast(60 as decimal(18, 4)), null, null),
    (3602, date '2025-04-01', null, 201, null, 10, 2, cast(8 as decimal(18, 4)), 'USD')
) as profit (
    row_id, period_on, product_id, source_customer_key, division, revenue_amount, cost_amount, margin_amount, currency_code
);

insert into ods.inventory by name
select
    * exclude (told_at),
    told_at as effective_at,
    told_at as received_at,
    'stock' as source_system,
    false as is_deleted
from (
    values
    (3701, 'p1', 'Main', 'Finished goods', date '2025-05-01', cast(10 as decimal(18, 4)), cast(2.5 as decimal(18, 4)), timestamptz '2025-05-01 08:00:00+00'),
    (3702, 'p1', 'Main', 'finished', date '2025-05-01', 8, 2.5, timestamptz '2025-05-01 18:00:00+00'),
    (3703, 'p1', 'Main', 'Finished goods', date '2025-05-02', 7, 2.5, timestamptz '2025-05-02 18:00:00+00'),
    (3704, 'p8', 'Main', 'Muster', date '2025-05-01', 3, null, timestamptz '2025-05-01 18:00:00+00')
) as stock (row_id, product_id, location, kind, counted_on, quantity, unit_cost, told_at);

insert into ods.survey_response by name
select
    3801 as row_id,
    'desk' as source_system,
    'r1' as response_id,
    101 as source_customer_key,
    'Care' as survey,
    'Would you recommend us?' as question,
    'Yes' as answer,
    9 as score,
    timestamptz '2025-05-07 10:00:00+00' as at,
    false as is_exact_duplicate,
    timestamptz '2025-05-07 00:00:00+00' as effective_at,
    false as is_deleted;

-- Two parts of one order, and a sample that was sent without one.
insert into ods.fulfilment by name
select
    *,
    'shop' as source_system,
    7 as file_key,
    timestamptz '2025-04-05 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (3901, 'f1', 'o1', null, null, null, 'Parcel', 'done', 'S-1', null, timestamptz '2025-04-02 10:00:00+00', timestamptz '2025-04-04 10:00:00+00'),
    (3902, 'f2', 'o1', null, null, null, 'Download', 'done', null, true, timestamptz '2025-04-03 10:00:00+00', null),
    (3903, 'f3', null, 102, 'p2', 'k1', 'Muster', 'void', null, null, null, null)
) as sent (
    row_id, fulfilment_id, order_id, source_customer_key, product_id, campaign_id, kind, status, serial_number,
    has_licence_key, shipped_at, delivered_at
);

insert into ods.invoice by name
select
    *,
    'billing' as source_system,
    timestamptz '2026-01-02 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (4001, 'i3', 203, 'invoice', 'sent', date '2026-01-02', date '2026-02-01', cast(120 as decimal(18, 4)), 'EUR'),
    (4002, 'i4', 203, 'invoice', 'sent', date '2026-03-20', date '2026-04-30', 10, 'USD'),
    (4003, 'i5', 203, 'invoice', 'Paid', date '2026-01-02', date '2026-02-01', 33, 'EUR'),
    (4004, 'i6', 203, 'invoice', 'draft', date '2026-01-02', date '2026-02-01', 44, 'EUR')
) as document (
    row_id, invoice_id, source_customer_key, type, status, invoiced_on, due_on, total_amount, currency_code
);

insert into ods.payment by name
select
    *,
    'billing' as source_system,
    false as is_exact_duplicate,
    timestamptz '2026-03-25 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (4101, 'y4', 'i4', cast(4 as decimal(18, 4)), 'ok', timestamptz '2026-03-25 12:00:00+00', 'USD'),
    (4102, 'y5', 'i3', 120, 'Declined', timestamptz '2026-03-25 12:00:00+00', 'EUR')
) as payment (row_id, payment_id, invoice_id, amount, status, paid_at, currency_code);
