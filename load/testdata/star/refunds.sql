-- Refunds of the payments of facts.sql: of an invoice's payment, with a reason from another feed; of another
-- system's order, in dollars; one that failed; one that nothing tells of.
insert into ods.refund by name
select
    * exclude (amount),
    cast(amount as decimal(18, 4)) as amount,
    'billing' as source_system,
    false as is_exact_duplicate,
    timestamptz '2025-05-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (5101, 'r1', 'y1', null, 4.0, null, null, timestamptz '2025-04-30 23:30:00+00'),
    (5102, 'r1', null, null, null, null, 'late', timestamptz '2025-04-30 23:30:00+00'),
    (5103, 'r2', null, 'o2', 2.5, null, 'broken', timestamptz '2025-03-03 12:00:00+00'),
    (5104, 'r3', null, 'o2', 7.0, 'Failed', null, timestamptz '2025-03-04 12:00:00+00'),
    (5105, 'r4', null, null, 1.0, null, null, null)
) as refund (row_id, refund_id, payment_id, order_id, amount, status, reason, "at");

update ods.refund set currency_code = 'USD' where order_id = 'o2';
