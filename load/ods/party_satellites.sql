-- Contact points, addresses and consents that stand in tables of their own, one
-- row for each party of each system. Grain: source system and party. A contact point
-- may stand in a row without its party, and a row without a contact point say
-- whose it is.
create or replace table party_contact as
with point as (
    select
        source_system,
        contact_point_id,
        party_id,
        email,
        phone,
        coalesce(is_primary, false) as is_primary,
        coalesce(is_opted_out, false) as is_opted_out
    from ods.contact_point
    where not coalesce(is_deleted, false)
),
reached as (
    select
        source_system,
        party_id,
        email,
        phone,
        is_primary,
        is_opted_out
    from point
    where party_id is not null
    union all
    select
        t.source_system,
        t.party_id,
        p.email,
        p.phone,
        t.is_primary or p.is_primary as is_primary,
        t.is_opted_out or p.is_opted_out as is_opted_out
    from point as t
    inner join point as p
        on t.source_system = p.source_system and t.contact_point_id = p.contact_point_id
    where t.party_id is not null and t.email is null and t.phone is null and p.party_id is null
)
select
    source_system,
    party_id,
    min(email) filter (where is_primary) as main_email,
    min(phone) filter (where is_primary) as main_phone,
    list_sort(list_distinct(list(email) filter (where email is not null))) as emails,
    list_sort(list_distinct(list(phone) filter (where phone is not null))) as phones,
    bool_or(is_opted_out) as is_opted_out
from reached
group by source_system, party_id;

-- Of several consents for one purpose the last one counts.
create or replace table party_refusal as
select distinct
    source_system,
    customer_id as party_id
from (
    select
        source_system,
        customer_id,
        arg_max(is_granted, (coalesce("at", effective_at), effective_at, row_id)) as is_granted
    from ods.consent
    where customer_id is not null and is_granted is not null
    group by source_system, customer_id, purpose
) as last_consent
where not is_granted;

create or replace table party_address as
select
    l.source_system,
    l.party_id,
    coalesce(min(l.address_id) filter (where l.is_primary), min(l.address_id)) as address_id
from ods.customer_address as l
where l.party_id is not null and l.address_id is not null and not coalesce(l.is_deleted, false)
group by l.source_system, l.party_id;

create or replace table postal_address as
select
    source_system,
    address_id,
    arg_max(
        columns(['address_line', 'street', 'house_number', 'unit', 'postcode', 'city', 'region', 'country_code']),
        (effective_at, row_id)
    ) as '\0'
from ods.address
where address_id is not null
group by source_system, address_id;

-- Contacts of suppliers, and of no other account: nobody's customers. Of several
-- rows of an account the newest tells. Grain: party.
create or replace table no_customer as
with supplier as (
    select
        source_system,
        account_id
    from ods.account
    where account_id is not null and not coalesce(is_deleted, false)
    group by source_system, account_id
    having arg_max(coalesce(is_supplier, false), (effective_at, received_at, coalesce(is_supplier, false)))
),
tie as (
    select source_customer_key, source_system, account_id from ods.customer
    where account_id is not null and source_system in (select source_system from supplier)
    union all
    select source_customer_key, source_system, account_id from ods.contact
    where account_id is not null and source_system in (select source_system from supplier) and not coalesce(is_deleted, false)
)
select tie.source_customer_key
from tie
left join supplier on tie.source_system = supplier.source_system and tie.account_id = supplier.account_id
where tie.source_customer_key is not null
group by tie.source_customer_key
having count(*) = count(supplier.account_id);
