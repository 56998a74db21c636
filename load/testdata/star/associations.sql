-- Ties in tables of their own: to the deals of histories.sql, to a case and to touches that name nobody.
insert into ods.association by name
select
    *,
    timestamptz '2025-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    -- a person beats the company, the main one the other
    (5001, 'crm', 'alone', null, null, 201, 'n1', true),
    (5002, 'crm', 'alone', null, null, 101, null, false),
    (5003, 'crm', 'alone', null, null, 102, null, true),
    (5004, 'crm', 'deal', null, null, 203, 'n2', null),
    (5005, 'desk', null, 'c9', null, 102, null, null),
    (5006, 'desk', null, 'c9', 'b1', null, null, null),
    (5007, 'crm', 'alone', null, 'b2', null, null, null),
    (5008, 'crm', null, null, 'b2', 101, null, null)
) as tie (row_id, source_system, opportunity_id, case_id, activity_id, source_customer_key, account_id, is_primary);

insert into ods.association_version from ods.association;

-- A deal that names its account only; the account is customer 2.
insert into ods.opportunity by name
select
    5031 as row_id,
    'crm' as source_system,
    'firm' as opportunity_id,
    'n7' as account_id,
    'proposal' as status,
    timestamptz '2025-05-01 08:00:00+00' as created_at,
    timestamptz '2025-05-01 08:00:00+00' as effective_at,
    false as is_deleted;

insert into ods.account by name
select
    5032 as row_id,
    'crm' as source_system,
    'n7' as account_id,
    102 as source_customer_key,
    timestamptz '2025-05-01 00:00:00+00' as effective_at,
    false as is_deleted;

insert into ods."case" by name
select
    5011 as row_id,
    'desk' as source_system,
    'c9' as case_id,
    timestamptz '2025-05-01 08:00:00+00' as opened_at,
    false as is_exact_duplicate,
    timestamptz '2025-05-01 00:00:00+00' as effective_at,
    false as is_deleted;

insert into ods.activity by name
select
    *,
    timestamptz '2025-05-01 12:00:00+00' as "at",
    false as is_exact_duplicate,
    timestamptz '2025-05-01 00:00:00+00' as effective_at,
    false as is_deleted
from (
    values
    (5021, 'desk', 'b1', 'mail', 'out', null),
    (5022, 'crm', 'b2', 'call', 'out', null),
    (5023, 'crm', 'b3', 'call', 'out', 102)
) as activity (row_id, source_system, activity_id, type, direction, source_customer_key);
