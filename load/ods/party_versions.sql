-- Question: which states did the parties of the customers in scope have?
-- Grain: one state of one party. A party that several rows describe takes over
-- at each state what the other rows said last.
with scope as (
    select
        s.source_customer_key,
        s.customer_key
    from ods.idn.source_record as s
    where $1 or s.customer_key in (select customer_key from changed.customer_scope)
),
rows as (
    select
        c.source_customer_key,
        s.customer_key,
        c.source_system,
        c.customer_id,
        c.effective_at,
        c.row_id,
        c.content_hash,
        coalesce(c.is_deleted, false) as is_deleted,
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
    from ods.customer_version as c
    inner join scope as s on c.source_customer_key = s.source_customer_key
    left join party_contact as p
        on c.source_system = p.source_system and coalesce(c.party_id, c.customer_id) = p.party_id
    left join party_address as l
        on c.source_system = l.source_system and coalesce(c.party_id, c.customer_id) = l.party_id
    left join postal_address as a
        on c.source_system = a.source_system and coalesce(c.address_id, l.address_id) = a.address_id
),
several as (
    select source_customer_key
    from rows
    group by source_customer_key
    having min(row_id) <> max(row_id)
),
whole as (
    select * from rows
    anti join several using (source_customer_key)
    union all by name
    select
        source_customer_key,
        customer_key,
        source_system,
        customer_id,
        effective_at,
        row_id,
        content_hash,
        is_deleted,
        contact_emails,
        contact_phones,
        last_value(party_type ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as party_type,
        last_value(full_name ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as full_name,
        last_value(title ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as title,
        last_value(given_name ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as given_name,
        last_value(middle_name ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as middle_name,
        last_value(family_name ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as family_name,
        last_value(suffix ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as suffix,
        last_value(former_family_name ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as former_family_name,
        last_value(second_person_name ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as second_person_name,
        last_value(organisation_name ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as organisation_name,
        last_value(email ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as email,
        last_value(phone ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as phone,
        last_value(mobile_phone ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as mobile_phone,
        last_value(address_line ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as address_line,
        last_value(street ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as street,
        last_value(house_number ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as house_number,
        last_value(unit ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as unit,
        last_value(postcode ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as postcode,
        last_value(city ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as city,
        last_value(region ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as region,
        last_value(country_code ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as country_code,
        last_value(national_id ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as national_id,
        last_value(gender ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as gender,
        last_value(status ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as status,
        last_value(account_id ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as account_id,
        last_value(birth_date ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as birth_date,
        last_value(is_opted_out ignore nulls) over (partition by source_customer_key order by effective_at, row_id, content_hash rows unbounded preceding) as is_opted_out
    from rows
    semi join several using (source_customer_key)
)
select
    w.source_customer_key,
    w.source_system,
    w.customer_id,
    w.customer_key,
    true as is_changed,
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
    w.account_id,
    w.is_deleted
from whole as w
order by w.customer_key, w.effective_at, w.source_customer_key, w.row_id, w.content_hash
