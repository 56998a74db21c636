-- Question: which accounts do the source systems keep, and which customer is each?
-- Grain: source system and account id. Ids that only other rows name get a row too, marked as inferred.
-- Sources: account, account ids of opportunity, contact, customer and association,
-- src.employee_ref, dim_customer, idn.source_record.

with described as (
    select *
    from ods.account
    where account_id is not null and not is_deleted
    qualify row_number() over (partition by source_system, account_id order by effective_at desc, row_id) = 1
),

named as (
    select distinct source_system, account_id from ods.opportunity
    union
    select distinct source_system, account_id from ods.contact
    union
    select distinct source_system, account_id from ods.customer
    union
    select distinct source_system, account_id from ods.association
    union
    select distinct source_system, parent_account_id from described
),

account as (
    select
        source_system,
        account_id,
        described.name,
        described.industry,
        described.status,
        described.parent_account_id,
        described.employee_id,
        coalesce(described.source_customer_key, -1) as source_customer_key,
        described.created_at,
        described.row_id is null as is_inferred
    from described
    full join (select * from named where account_id is not null) as named using (source_system, account_id)
)

select
    src.key_of('account' || chr(31) || account.source_system, account.account_id) as account_key,
    account.source_system,
    account.account_id,
    coalesce(account.name, customer.display_name) as name,
    account.industry,
    account.status as account_status,
    coalesce(
        src.key_of('account' || chr(31) || account.source_system, account.parent_account_id), -2
    ) as parent_account_key,
    coalesce(employee.employee_key, -2) as employee_key,
    account.source_customer_key,
    coalesce(party.customer_key, -1) as customer_key,
    account.created_at,
    account.is_inferred

from account
left join src.employee_ref as employee on employee.told_id = account.employee_id
left join ods.idn.source_record as party on party.source_customer_key = account.source_customer_key
left join warehouse.dim_customer as customer
    on customer.customer_key = if(account.name is null, party.customer_key, null)

union all by name

select
    unnest([-1, -2, -3]) as account_key,
    unnest(['(unknown)', '(not applicable)', '(not yet)']) as name,
    -2 as parent_account_key,
    -2 as employee_key,
    -1 as source_customer_key,
    -1 as customer_key,
    false as is_inferred
