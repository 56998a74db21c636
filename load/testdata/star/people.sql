-- Three customers known to two systems: Ann (shop 101, billing 201), Bob (shop 102), Acme (billing 203).
insert into ods.idn.source_record values
    (101, 1, null, 101), (201, 1, null, 101), (102, 2, null, 102), (203, 3, null, 203);

insert into ods.idn.golden_customer by name
select
    *,
    display_name as full_name
from (
    values
    (1, 0, 1700000000000000, 'person', 'Ann Oldname', 1, false),
    (1, 1700000000000000, null, 'person', 'Ann Newname', 2, true),
    (2, 1600000000000000, null, 'person', 'Bob Example', 1, true),
    (3, 0, null, 'organisation', 'Acme Example Ltd', 1, true)
) as golden (customer_key, valid_from, valid_to, party_type, display_name, member_count, is_current);

insert into ods.idn.customer_key_map values (9, 1, 'absorbed');

insert into ods.customer by name
select
    *,
    timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (1001, 'shop', 101, 'c1'),
    (1002, 'shop', 102, 'c2'),
    (1003, 'billing', 201, 'b1'),
    (1004, 'billing', 203, 'b3')
) as party (row_id, source_system, source_customer_key, customer_id);
