-- Contact points and addresses that stand in tables of their own, one row for
-- each party of each system. Grain: source system and party.
create or replace table party_contact as
select
    source_system,
    party_id,
    min(email) as email,
    nullif(string_agg(distinct email, chr(10) order by email), min(email)) as emails,
    min(phone) as phone,
    nullif(string_agg(distinct phone, chr(10) order by phone), min(phone)) as phones
from ods.contact_point
where party_id is not null and not coalesce(is_deleted, false)
group by source_system, party_id;

create or replace table party_address as
select
    l.source_system,
    l.party_id,
    min(l.address_id) as address_id
from ods.customer_address as l
where l.party_id is not null and l.address_id is not null and not coalesce(l.is_deleted, false)
group by l.source_system, l.party_id;

create or replace table postal_address as
select
    source_system,
    address_id,
    arg_max(address_line, (effective_at, row_id)) as address_line,
    arg_max(street, (effective_at, row_id)) as street,
    arg_max(house_number, (effective_at, row_id)) as house_number,
    arg_max(unit, (effective_at, row_id)) as unit,
    arg_max(postcode, (effective_at, row_id)) as postcode,
    arg_max(city, (effective_at, row_id)) as city,
    arg_max(region, (effective_at, row_id)) as region,
    arg_max(country_code, (effective_at, row_id)) as country_code
from ods.address
where address_id is not null
group by source_system, address_id;
