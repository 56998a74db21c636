-- Question: which delivered rows tell of the address?
-- Grain: address and row: those of customers, and those of tables of addresses.

with told as (
    select 'customer' as part, street, house_number, unit, postcode, city, region, country_code, file_key, source_row
    from ods.customer
    where not coalesce(is_deleted, false)

    union all

    select 'address', street, house_number, unit, postcode, city, region, country_code, file_key, source_row
    from ods.address
    where not is_deleted
)

select
    asked.fact_row,
    told.part,
    told.file_key,
    told.source_row

from asked
inner join told
    on told.street is not distinct from asked.street
    and told.house_number is not distinct from asked.house_number
    and told.unit is not distinct from asked.unit
    and told.postcode is not distinct from asked.postcode
    and told.city is not distinct from asked.city
    and told.region is not distinct from asked.region
    and told.country_code is not distinct from asked.country_code

where asked.address_key > 0
