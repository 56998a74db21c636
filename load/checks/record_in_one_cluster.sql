-- Question: Is every customer record of a source in exactly one cluster, and that cluster one customer?
-- Severity: error
-- Grain: source record or cluster.
-- Sources: customer, idn.source_record, dim_customer.

select
    source_customer_key,
    'in several clusters' as fault
from ods.idn.source_record
group by source_customer_key
having count(*) > 1

union all

select distinct
    party.source_customer_key,
    'in no cluster' as fault
from ods.customer as party
anti join ods.idn.source_record as record using (source_customer_key)
where party.source_customer_key is not null and not party.is_deleted
    and not exists ( -- whoever is a supplier's contact and nobody else's is no customer
        select 1
        from ods.account as supplier
        where supplier.source_system = party.source_system and supplier.is_supplier
            and (
                supplier.account_id = party.account_id
                or supplier.account_id in (
                    select role.account_id from ods.contact as role
                    where role.source_customer_key = party.source_customer_key and role.account_id is not null
                )
            )
    )
    and not coalesce(party.is_mention, false) -- who is named by an address or a number that nobody has is nobody

union all

select
    min(source_customer_key),
    'cluster with several customers' as fault
from ods.idn.source_record
group by cluster_id
having min(customer_key) <> max(customer_key)

union all

select
    min(record.source_customer_key),
    'customer without row in dim_customer' as fault
from ods.idn.source_record as record
anti join warehouse.dim_customer as customer using (customer_key)
group by record.customer_key
