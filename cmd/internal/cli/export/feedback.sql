-- Question: which values would a steward change in the source systems?
-- Grain: record of a source system and field whose golden value is another. A name or an address that the system
-- keeps in one field is one line, whichever of its parts differ.
-- Sources: idn.party, idn.source_record, idn.golden_customer, idn.golden_value, meta.feed, meta.feed_column.

with kept as (
    select
        feed.source_system,
        list(distinct feed_column.field) as fields
    from meta.feed_column
    inner join meta.feed using (feed_name)
    where feed_column.entity in ('customer', 'address', 'contact_point') and feed_column.field is not null
    group by feed.source_system
),

party as (
    select
        told.* exclude (birth_date, is_opted_out),
        cast(date '1970-01-01' + told.birth_date as varchar) as birth_date,
        cast(told.is_opted_out as varchar) as is_opted_out,
        kept.fields,
        told.full_name is not null
        or (list_contains(kept.fields, 'full_name') and not list_contains(kept.fields, 'given_name')) as is_whole_name,
        told.address_line is not null
        or (list_contains(kept.fields, 'address_line') and not list_contains(kept.fields, 'street')) as is_whole_address
    from ods.idn.party as told
    inner join kept using (source_system)
    where told.customer_id is not null
        -- A record that its source has deleted has nothing to change.
        and exists (
            select 1
            from ods.customer as record
            where record.source_customer_key = told.source_customer_key and not coalesce(record.is_deleted, false)
        )
),

told as (
    select *
    from (
        select
            source_customer_key, title, given_name, middle_name, family_name, suffix, organisation_name, email, phone,
            mobile_phone, street, house_number, unit, postcode, city, region, country_code, gender, birth_date,
            is_opted_out
        from party
    )
    unpivot include nulls (old_value for field in (columns(* exclude (source_customer_key))))
),

best as (
    select
        * exclude (birth_date, is_opted_out),
        cast(date '1970-01-01' + birth_date as varchar) as birth_date,
        cast(is_opted_out as varchar) as is_opted_out
    from ods.idn.golden_customer
    where is_current
),

golden as (
    select *
    from (
        select
            customer_key, title, given_name, middle_name, family_name, suffix, organisation_name, email, phone,
            mobile_phone, street, house_number, unit, postcode, city, region, country_code, gender, birth_date,
            is_opted_out
        from best
    )
    unpivot include nulls (golden_value for field in (columns(* exclude (customer_key))))
),

differing as (
    select
        party.source_system,
        party.customer_id,
        record.customer_key,
        case
            when told.field in ('title', 'given_name', 'middle_name', 'family_name', 'suffix') and party.is_whole_name
                then 'full_name'
            when told.field in ('street', 'house_number', 'unit') and party.is_whole_address then 'address_line'
            else told.field
        end as field,
        told.field as part,
        told.old_value,
        golden.golden_value,
        party.full_name,
        party.address_line,
        party.fields,
        if(chosen.rule = 'override', chosen.source_customer_key, null) as set_for_party,
        case
            when chosen.rule = 'any_true' then 'refused marketing in ' || chosen.source_system
            when told.old_value is null then 'known to ' || chosen.source_system
            else replace(chosen.rule, '_', ' ') || ', from ' || chosen.source_system
        end as reason
    from told
    inner join party using (source_customer_key)
    inner join ods.idn.source_record as record using (source_customer_key)
    inner join golden on golden.customer_key = record.customer_key and golden.field = told.field
    left join ods.idn.golden_value as chosen on chosen.customer_key = record.customer_key and chosen.field = told.field
    where told.old_value is distinct from golden.golden_value
        -- What nobody knows or set is no correction, nor that nobody refused marketing.
        and (golden.golden_value is not null or chosen.rule = 'override')
        and not (chosen.rule = 'any_true' and golden.golden_value = 'false')
)

select
    differing.source_system as system,
    differing.customer_id,
    differing.customer_key,
    differing.field,
    case differing.field
        when 'full_name' then any_value(differing.full_name)
        when 'address_line' then any_value(differing.address_line)
        else any_value(differing.old_value)
    end as old_value,
    case differing.field
        when 'full_name' then any_value(best.display_name)
        when 'address_line'
            then any_value(coalesce(best.address_line, concat_ws(' ', best.street, best.house_number, best.unit)))
        else any_value(differing.golden_value)
    end as golden_value,
    arg_min(differing.reason, differing.part) as reason,
    -- Who set it and why stands in the decisions.
    max(differing.set_for_party) as set_for_party,
    min(differing.part) filter (where differing.set_for_party is not null) as set_field

from differing
inner join best using (customer_key)

where list_contains(differing.fields, differing.field)

group by differing.source_system, differing.customer_id, differing.customer_key, differing.field

having old_value is distinct from golden_value

order by system, differing.customer_id, differing.field
