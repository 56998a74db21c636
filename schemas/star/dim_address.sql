create table main.dim_address (
    address_key bigint,
    street varchar,
    house_number varchar,
    unit varchar,
    postcode varchar,
    city varchar,
    region varchar,
    country_code varchar,
    postal_area varchar,
    is_complete boolean
);

comment on table main.dim_address is 'Where do customers live and what is delivered there? One row for each postal address as cleansed; rolls up address -> postcode -> city -> region -> country';
comment on column main.dim_address.address_key is 'derived from the cleansed address itself, so that equal addresses share it in every build; -1 unknown, -2 not applicable, -3 not yet happened';
comment on column main.dim_address.street is 'street without the house number';
comment on column main.dim_address.house_number is 'number in the street with its letter';
comment on column main.dim_address.unit is 'flat, floor or suite';
comment on column main.dim_address.postcode is 'postal code, upper case';
comment on column main.dim_address.city is 'town';
comment on column main.dim_address.region is 'state, province or county';
comment on column main.dim_address.country_code is 'ISO 3166-1 alpha-2 country';
comment on column main.dim_address.postal_area is 'country and postcode together, to group by without mixing countries';
comment on column main.dim_address.is_complete is 'true where street, city or postcode, and country are all known';
