create table main.dim_customer_history (
    customer_key bigint, -- digest: false
    version_number bigint,
    valid_from timestamptz,
    valid_to timestamptz,
    is_current boolean,
    party_type varchar,
    display_name varchar,
    given_name varchar,
    family_name varchar,
    organisation_name varchar,
    email varchar,
    phone varchar,
    street varchar,
    house_number varchar,
    postcode varchar,
    city varchar,
    region varchar,
    country_code varchar,
    status varchar,
    is_opted_out boolean,
    source_record_count bigint
);

comment on table main.dim_customer_history is 'What did we know about a customer at a given time? One row for each state of each customer; validity is when the states began in the sources, never when they were loaded';
comment on column main.dim_customer_history.customer_key is 'stable number of the customer, see dim_customer';
comment on column main.dim_customer_history.version_number is 'states of the customer counted from 1, oldest first';
comment on column main.dim_customer_history.valid_from is 'start of the state (inclusive); null = since ever';
comment on column main.dim_customer_history.valid_to is 'end of the state (exclusive); null = still valid';
comment on column main.dim_customer_history.is_current is 'true on the last state of each customer';
comment on column main.dim_customer_history.party_type is 'person, organisation or unknown, in that state';
comment on column main.dim_customer_history.display_name is 'name to show, in that state';
comment on column main.dim_customer_history.given_name is 'first name, in that state';
comment on column main.dim_customer_history.family_name is 'last name, in that state';
comment on column main.dim_customer_history.organisation_name is 'organisation''s name, in that state';
comment on column main.dim_customer_history.email is 'best e-mail address, in that state';
comment on column main.dim_customer_history.phone is 'best phone number, in that state';
comment on column main.dim_customer_history.street is 'street, in that state';
comment on column main.dim_customer_history.house_number is 'number in the street, in that state';
comment on column main.dim_customer_history.postcode is 'postal code, in that state';
comment on column main.dim_customer_history.city is 'town, in that state';
comment on column main.dim_customer_history.region is 'state, province or county, in that state';
comment on column main.dim_customer_history.country_code is 'country of the address, in that state';
comment on column main.dim_customer_history.status is 'status word of the best source, in that state';
comment on column main.dim_customer_history.is_opted_out is 'marketing refused, in that state';
comment on column main.dim_customer_history.source_record_count is 'source records that made up the customer in that state';
