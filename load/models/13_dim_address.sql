-- Question: where do customers live, and where is delivered to?
-- Grain: postal address as cleansed.
-- Sources: dim_customer, address.

with found as (
    select
        address_key,
        street,
        house_number,
        unit,
        postcode,
        city,
        region,
        country_code
    from warehouse.dim_customer
    where address_key <> -1

    union

    select
        src.address_key(street, house_number, unit, postcode, city, region, country_code),
        street,
        house_number,
        unit,
        postcode,
        city,
        region,
        country_code
    from ods.address
    where not is_deleted
)

select
    *,
    country_code || ' ' || postcode as postal_area,
    street is not null and coalesce(postcode, city) is not null and country_code is not null as is_complete

from found

where address_key <> -1

union all by name

select
    unnest([-1, -2, -3]) as address_key,
    false as is_complete
