-- Question: Does one source customer key always mean the same id of the same system?
-- Severity: error
-- Grain: entity and source customer key.
-- Sources: customer, order, lead, opportunity, invoice, association.

with party as (
    select
        source_customer_key,
        min(source_system) as source_system,
        min(customer_id) as customer_id,
        min(source_system) <> max(source_system) or min(customer_id) <> max(customer_id) as is_ambiguous
    from ods.customer
    where source_customer_key is not null and customer_id is not null
    group by source_customer_key
),

fault as (
    select
        'customer' as entity,
        source_customer_key
    from party
    where is_ambiguous

    union all

    select
        'customer',
        min(source_customer_key)
    from ods.customer
    where customer_id is not null
    group by source_system, customer_id
    having min(source_customer_key) <> max(source_customer_key)

    union all

    select
        'order' as entity,
        named.source_customer_key
    from (
        select distinct source_customer_key, customer_id from ods."order" where customer_id is not null
    ) as named
    inner join party using (source_customer_key)
    where named.customer_id <> party.customer_id

    union all

    select
        'lead' as entity,
        named.source_customer_key
    from (
        select distinct source_customer_key, customer_id from ods.lead where customer_id is not null
    ) as named
    inner join party using (source_customer_key)
    where named.customer_id <> party.customer_id

    union all

    select
        'opportunity' as entity,
        named.source_customer_key
    from (
        select distinct source_customer_key, customer_id from ods.opportunity where customer_id is not null
    ) as named
    inner join party using (source_customer_key)
    where named.customer_id <> party.customer_id

    union all

    select
        'invoice' as entity,
        named.source_customer_key
    from (
        select distinct source_customer_key, customer_id from ods.invoice where customer_id is not null
    ) as named
    inner join party using (source_customer_key)
    where named.customer_id <> party.customer_id

    union all

    select
        'association' as entity,
        named.source_customer_key
    from (
        select distinct source_customer_key, customer_id from ods.association where customer_id is not null
    ) as named
    inner join party using (source_customer_key)
    where named.customer_id <> party.customer_id
)

select
    entity,
    source_customer_key

from fault
