-- Question: what was known about each customer at each time?
-- Grain: state of a customer.
-- Sources: idn.golden_customer.
-- Delta: customer_key of ods.idn.golden_customer

select
    customer_key,
    row_number() over (partition by customer_key order by valid_from, is_current) as version_number,
    if(valid_from <= 0, null, make_timestamptz(valid_from)) as valid_from,
    make_timestamptz(valid_to) as valid_to,
    is_current,
    party_type,
    display_name,
    given_name,
    family_name,
    organisation_name,
    email,
    phone,
    street,
    house_number,
    postcode,
    city,
    region,
    country_code,
    status,
    is_opted_out,
    member_count as source_record_count

from affected.golden_customer

union all by name

select
    unnest([-1, -2, -3]) as customer_key,
    1 as version_number,
    true as is_current,
    unnest(['(unknown)', '(not applicable)', '(not yet)']) as display_name,
    0 as source_record_count
