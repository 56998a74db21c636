-- Question: which values would a steward change in the source systems?
-- Grain: record of a source system and field whose golden value is another.
-- Sources: ods.customer, idn.source_record, idn.golden_customer, idn.golden_value, meta.feed, meta.feed_column.

with party as (
    select
        source_customer_key,
        source_system,
        customer_id,
        title, given_name, middle_name, family_name, suffix, organisation_name, email, phone, mobile_phone, street,
        house_number, unit, postcode, city, region, country_code, gender,
        cast(birth_date as varchar) as birth_date,
        cast(is_opted_out as varchar) as is_opted_out
    from ods.customer
    where source_customer_key is not null and customer_id is not null and not is_deleted
    qualify row_number() over (partition by source_customer_key order by effective_at desc, row_id) = 1
),

told as (
    select *
    from party
    unpivot include nulls (
        old_value for field in (columns(* exclude (source_customer_key, source_system, customer_id)))
    )
),

best as (
    select
        customer_key,
        title, given_name, middle_name, family_name, suffix, organisation_name, email, phone, mobile_phone, street,
        house_number, unit, postcode, city, region, country_code, gender,
        cast(date '1970-01-01' + birth_date as varchar) as birth_date,
        cast(is_opted_out as varchar) as is_opted_out
    from ods.idn.golden_customer
    where is_current
),

golden as (
    select *
    from best
    unpivot include nulls (golden_value for field in (columns(* exclude (customer_key))))
),

kept as (
    select distinct
        feed.source_system,
        feed_column.field
    from meta.feed_column
    inner join meta.feed using (feed_name)
    where feed_column.entity = 'customer' and feed_column.field is not null
)

select
    told.source_system as system,
    told.customer_id,
    record.customer_key,
    told.field,
    told.old_value,
    golden.golden_value,
    case
        when chosen.rule = 'override' then 'a person set it'
        when chosen.rule = 'any_true' then 'refused marketing in ' || chosen.source_system
        when told.old_value is null then 'known to ' || chosen.source_system
        else replace(chosen.rule, '_', ' ') || ', from ' || chosen.source_system
    end as reason

from told
inner join ods.idn.source_record as record using (source_customer_key)
inner join golden on golden.customer_key = record.customer_key and golden.field = told.field
left join ods.idn.golden_value as chosen on chosen.customer_key = record.customer_key and chosen.field = told.field

where told.old_value is distinct from golden.golden_value
    -- A source that keeps no such field has nothing to change; what nobody knows or set is no correction.
    and (told.old_value is not null or (told.source_system, told.field) in (select (source_system, field) from kept))
    and (golden.golden_value is not null or chosen.rule = 'override')

order by system, told.customer_id, told.field
