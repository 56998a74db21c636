-- Rows of {customers} with the contact points, addresses and consents of their party.
-- Grain: one row of {customers}. A row without any address takes the whole
-- address of its party.
create or replace view {name} as
select
    c.source_customer_key,
    c.source_system,
    c.customer_id,
    c.effective_at,
    c.received_at,
    c.row_id,
    c.content_hash,
    coalesce(c.is_deleted, false) as is_deleted,
    p.emails as contact_emails,
    p.phones as contact_phones,
    nullif(c.party_type, 'unknown') as party_type, -- of several rows, one that names nobody says nothing of it
    c.full_name,
    c.title,
    c.given_name,
    c.middle_name,
    c.family_name,
    c.suffix,
    c.former_family_name,
    c.second_person_name,
    c.organisation_name,
    coalesce(c.email, p.main_email, p.emails[1]) as email,
    coalesce(c.phone, p.main_phone, p.phones[1]) as phone,
    c.mobile_phone,
    case when c.is_bare then a.address_line else c.address_line end as address_line,
    case when c.is_bare then a.street else c.street end as street,
    case when c.is_bare then a.house_number else c.house_number end as house_number,
    case when c.is_bare then a.unit else c.unit end as unit,
    case when c.is_bare then a.postcode else c.postcode end as postcode,
    case when c.is_bare then a.city else c.city end as city,
    case when c.is_bare then a.region else c.region end as region,
    coalesce(c.country_code, a.country_code) as country_code,
    c.national_id,
    c.gender,
    c.status,
    c.account_id,
    c.birth_date,
    case when p.is_opted_out or r.party_id is not null then true else c.is_opted_out end as is_opted_out,
    c.is_mention
from (
    select
        *,
        street is null and address_line is null and city is null and postcode is null as is_bare
    from {customers}
    where source_customer_key is not null
        and source_customer_key not in (select source_customer_key from no_customer)
) as c
left join party_contact as p
    on c.source_system = p.source_system and coalesce(c.party_id, c.customer_id) = p.party_id
left join party_refusal as r on c.source_system = r.source_system and c.customer_id = r.party_id
left join party_address as l
    on c.source_system = l.source_system and coalesce(c.party_id, c.customer_id) = l.party_id
left join postal_address as a
    on c.source_system = a.source_system and coalesce(c.address_id, l.address_id) = a.address_id;
