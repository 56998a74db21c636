-- Question: what does each source system know about each party?
-- Grain: source system and customer id. Sources: ods.customer, contact points,
-- addresses, the identity of the last run. Of several rows of one party the
-- newest value of each field counts.
with rows as (
    select
        c.source_customer_key,
        c.source_system,
        c.customer_id,
        c.effective_at,
        c.row_id,
        p.emails as contact_emails,
        p.phones as contact_phones,
        c.party_type as party_type,
        c.full_name as full_name,
        c.title as title,
        c.given_name as given_name,
        c.middle_name as middle_name,
        c.family_name as family_name,
        c.suffix as suffix,
        c.former_family_name as former_family_name,
        c.second_person_name as second_person_name,
        c.organisation_name as organisation_name,
        coalesce(c.email, p.email) as email,
        coalesce(c.phone, p.phone) as phone,
        c.mobile_phone as mobile_phone,
        case when c.street is null and c.address_line is null and c.city is null and c.postcode is null then a.address_line else c.address_line end as address_line,
        case when c.street is null and c.address_line is null and c.city is null and c.postcode is null then a.street else c.street end as street,
        case when c.street is null and c.address_line is null and c.city is null and c.postcode is null then a.house_number else c.house_number end as house_number,
        case when c.street is null and c.address_line is null and c.city is null and c.postcode is null then a.unit else c.unit end as unit,
        case when c.street is null and c.address_line is null and c.city is null and c.postcode is null then a.postcode else c.postcode end as postcode,
        case when c.street is null and c.address_line is null and c.city is null and c.postcode is null then a.city else c.city end as city,
        case when c.street is null and c.address_line is null and c.city is null and c.postcode is null then a.region else c.region end as region,
        coalesce(c.country_code, a.country_code) as country_code,
        c.national_id as national_id,
        c.gender as gender,
        c.status as status,
        c.account_id as account_id,
        c.birth_date as birth_date,
        c.is_opted_out as is_opted_out
    from ods.customer as c
    left join party_contact as p
        on c.source_system = p.source_system and coalesce(c.party_id, c.customer_id) = p.party_id
    left join party_address as l
        on c.source_system = l.source_system and coalesce(c.party_id, c.customer_id) = l.party_id
    left join postal_address as a
        on c.source_system = a.source_system and coalesce(c.address_id, l.address_id) = a.address_id
    where c.source_customer_key is not null
),
whole as (
    select
        source_customer_key,
        min(source_system) as source_system,
        min(customer_id) as customer_id,
        max(effective_at) as effective_at,
        min(contact_emails) as contact_emails,
        min(contact_phones) as contact_phones,
        arg_max(party_type, (effective_at, row_id)) filter (where party_type is not null) as party_type,
        arg_max(full_name, (effective_at, row_id)) filter (where full_name is not null) as full_name,
        arg_max(title, (effective_at, row_id)) filter (where title is not null) as title,
        arg_max(given_name, (effective_at, row_id)) filter (where given_name is not null) as given_name,
        arg_max(middle_name, (effective_at, row_id)) filter (where middle_name is not null) as middle_name,
        arg_max(family_name, (effective_at, row_id)) filter (where family_name is not null) as family_name,
        arg_max(suffix, (effective_at, row_id)) filter (where suffix is not null) as suffix,
        arg_max(former_family_name, (effective_at, row_id)) filter (where former_family_name is not null) as former_family_name,
        arg_max(second_person_name, (effective_at, row_id)) filter (where second_person_name is not null) as second_person_name,
        arg_max(organisation_name, (effective_at, row_id)) filter (where organisation_name is not null) as organisation_name,
        arg_max(email, (effective_at, row_id)) filter (where email is not null) as email,
        arg_max(phone, (effective_at, row_id)) filter (where phone is not null) as phone,
        arg_max(mobile_phone, (effective_at, row_id)) filter (where mobile_phone is not null) as mobile_phone,
        arg_max(address_line, (effective_at, row_id)) filter (where address_line is not null) as address_line,
        arg_max(street, (effective_at, row_id)) filter (where street is not null) as street,
        arg_max(house_number, (effective_at, row_id)) filter (where house_number is not null) as house_number,
        arg_max(unit, (effective_at, row_id)) filter (where unit is not null) as unit,
        arg_max(postcode, (effective_at, row_id)) filter (where postcode is not null) as postcode,
        arg_max(city, (effective_at, row_id)) filter (where city is not null) as city,
        arg_max(region, (effective_at, row_id)) filter (where region is not null) as region,
        arg_max(country_code, (effective_at, row_id)) filter (where country_code is not null) as country_code,
        arg_max(national_id, (effective_at, row_id)) filter (where national_id is not null) as national_id,
        arg_max(gender, (effective_at, row_id)) filter (where gender is not null) as gender,
        arg_max(status, (effective_at, row_id)) filter (where status is not null) as status,
        arg_max(account_id, (effective_at, row_id)) filter (where account_id is not null) as account_id,
        arg_max(birth_date, (effective_at, row_id)) filter (where birth_date is not null) as birth_date,
        arg_max(is_opted_out, (effective_at, row_id)) filter (where is_opted_out is not null) as is_opted_out
    from rows
    group by source_customer_key
)
select
    w.source_customer_key,
    w.source_system,
    w.customer_id,
    s.customer_key,
    s.customer_key is null or k.source_customer_key is not null as is_changed,
    epoch_us(w.effective_at) as effective_at,
    cast(w.birth_date - date '1970-01-01' as integer) as birth_date,
    w.is_opted_out,
    w.party_type,
    w.full_name,
    w.title,
    w.given_name,
    w.middle_name,
    w.family_name,
    w.suffix,
    w.former_family_name,
    w.second_person_name,
    w.organisation_name,
    w.email,
    nullif(w.contact_emails, w.email) as emails,
    w.phone,
    w.mobile_phone,
    nullif(w.contact_phones, w.phone) as phones,
    w.address_line,
    w.street,
    w.house_number,
    w.unit,
    w.postcode,
    w.city,
    w.region,
    w.country_code,
    w.national_id,
    w.gender,
    w.status,
    w.account_id
from whole as w
left join ods.idn.source_record as s on w.source_customer_key = s.source_customer_key
left join (select distinct source_customer_key from changed.customer_key) as k
    on w.source_customer_key = k.source_customer_key
order by w.source_customer_key
