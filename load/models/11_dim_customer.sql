-- Question: who is each customer, as known now?
-- Grain: deduplicated customer.
-- Sources: idn.golden_customer, idn.source_record, customer.
-- Delta: customer_key of ods.idn.golden_customer

with systems as (
    select
        record.customer_key,
        party.source_system,
        bool_and(coalesce(party.is_deleted, false)) filter (where not coalesce(party.is_mention, false)) as is_deleted
    from ods.idn.source_record as record
    inner join ods.customer as party using (source_customer_key)
    where record.customer_key in (select customer_key from affected.golden_customer)
    group by record.customer_key, party.source_system
),

named as (
    select
        customer_key,
        string_agg(source_system, ', ' order by source_system) as source_systems,
        coalesce(bool_and(is_deleted), false) as is_deleted
    from systems
    group by customer_key
),

households as (
    select
        customer_key,
        min(household_key) as household_key
    from ods.idn.source_record
    where customer_key in (select customer_key from affected.golden_customer)
    group by customer_key
),

known as (
    select
        customer_key,
        min(valid_from) filter (where valid_from > 0) as known_since
    from affected.golden_customer
    group by customer_key
)

select
    golden.customer_key,
    golden.party_type,
    golden.display_name,
    golden.title,
    golden.given_name,
    golden.middle_name,
    golden.family_name,
    golden.suffix,
    golden.former_family_name,
    golden.organisation_name,
    golden.email,
    golden.phone,
    golden.mobile_phone,
    golden.street,
    golden.house_number,
    golden.unit,
    golden.postcode,
    golden.city,
    golden.region,
    golden.country_code,
    src.address_key(
        golden.street, golden.house_number, golden.unit, golden.postcode, golden.city, golden.region,
        golden.country_code
    ) as address_key,
    date '1970-01-01' + golden.birth_date as birth_date,
    golden.gender,
    golden.status,
    golden.is_opted_out,
    coalesce(named.is_deleted, false) as is_deleted,
    households.household_key,
    golden.member_count as source_record_count,
    named.source_systems,
    make_timestamptz(known.known_since) as known_since_at

from affected.golden_customer as golden
left join named using (customer_key)
left join households using (customer_key)
left join known using (customer_key)

where golden.is_current

union all by name

select
    unnest([-1, -2, -3]) as customer_key,
    'unknown' as party_type,
    false as is_deleted,
    -1 as address_key,
    unnest(['(unknown)', '(not applicable)', '(not yet)']) as display_name,
    0 as source_record_count
