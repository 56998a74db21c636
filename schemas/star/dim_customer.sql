create table main.dim_customer (
    customer_key bigint, -- digest: false
    party_type varchar,
    display_name varchar,
    title varchar,
    given_name varchar,
    middle_name varchar,
    family_name varchar,
    suffix varchar,
    former_family_name varchar,
    organisation_name varchar,
    email varchar,
    phone varchar,
    mobile_phone varchar,
    street varchar,
    house_number varchar,
    unit varchar,
    postcode varchar,
    city varchar,
    region varchar,
    country_code varchar,
    address_key bigint,
    birth_date date,
    gender varchar,
    status varchar,
    is_opted_out boolean,
    is_deleted boolean,
    household_key bigint, -- digest: false
    source_record_count bigint,
    source_systems varchar,
    known_since_at timestamptz
);

comment on table main.dim_customer is 'Who is the customer? One row for each deduplicated customer (person or organisation) as known at the as-of moment; keys -1 unknown, -2 not applicable, -3 not yet happened';
comment on column main.dim_customer.customer_key is 'stable number of the customer; allocated once, never reused; absorbed numbers stay resolvable in customer_key_map';
comment on column main.dim_customer.party_type is 'person, organisation or unknown';
comment on column main.dim_customer.display_name is 'name to show: title, first and last name, or the organisation';
comment on column main.dim_customer.title is 'form of address (Mr, Dr)';
comment on column main.dim_customer.given_name is 'first name of a person';
comment on column main.dim_customer.middle_name is 'middle names or initials';
comment on column main.dim_customer.family_name is 'last name with its particles (de la, van)';
comment on column main.dim_customer.suffix is 'generation or degree after the name (Jr, PhD)';
comment on column main.dim_customer.former_family_name is 'last name before marriage, where a source tells it';
comment on column main.dim_customer.organisation_name is 'name of an organisation with its legal form';
comment on column main.dim_customer.email is 'best e-mail address, lower case';
comment on column main.dim_customer.phone is 'best phone number in international form (+44…)';
comment on column main.dim_customer.mobile_phone is 'second or mobile number in international form';
comment on column main.dim_customer.street is 'street without the house number';
comment on column main.dim_customer.house_number is 'number in the street with its letter';
comment on column main.dim_customer.unit is 'flat, floor or suite';
comment on column main.dim_customer.postcode is 'postal code, upper case';
comment on column main.dim_customer.city is 'town';
comment on column main.dim_customer.region is 'state, province or county';
comment on column main.dim_customer.country_code is 'ISO 3166-1 alpha-2 country of the address';
comment on column main.dim_customer.address_key is 'the address as a whole, see dim_address; -1 = nothing of it is known';
comment on column main.dim_customer.birth_date is 'day a person was born';
comment on column main.dim_customer.gender is 'as the best source states it';
comment on column main.dim_customer.status is 'status word of the best source (active, closed)';
comment on column main.dim_customer.is_opted_out is 'true where the customer refused marketing';
comment on column main.dim_customer.is_deleted is 'true where every source that had the customer has deleted the record since; what is known stays for the facts that refer to it';
comment on column main.dim_customer.household_key is 'persons at one address under one name share it; a level above customers, never a merge';
comment on column main.dim_customer.source_record_count is 'how many records of source systems were found to be this customer';
comment on column main.dim_customer.source_systems is 'systems that know the customer, in alphabetical order, separated by comma';
comment on column main.dim_customer.known_since_at is 'earliest state any source has of the customer; null where no source tells a time';
