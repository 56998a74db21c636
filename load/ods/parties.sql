-- Question: what does each source system know about each party of {rows}?
-- Grain: source system and customer id. Of several rows of one party the newest
-- value of each field counts, and the e-mail addresses and phone numbers of all
-- are kept.
insert into ods.idn.party by name
with several as (
    select source_customer_key
    from {customers}
    group by source_customer_key
    having count(*) > 1
),
merged as (
    select
        source_customer_key,
        min(source_system) as source_system,
        min(customer_id) as customer_id,
        max(effective_at) as effective_at,
        list_sort(list_distinct(flatten(list(coalesce(contact_emails, [])) || [list(email) filter (where email is not null)])))
            as contact_emails,
        list_sort(list_distinct(flatten(list(coalesce(contact_phones, [])) || [list(phone) filter (where phone is not null)])))
            as contact_phones,
        arg_max(
            columns(* exclude (
                source_customer_key, source_system, customer_id, effective_at, received_at, row_id, content_hash,
                is_deleted, contact_emails, contact_phones
            )),
            (effective_at, row_id)
        ) as '\0'
    from {rows}
    semi join several using (source_customer_key)
    group by source_customer_key
),
whole as (
    select * exclude (received_at, row_id, content_hash, is_deleted)
    from {rows}
    anti join several using (source_customer_key)
    union all by name
    select * from merged
)
select
    w.source_customer_key,
    w.source_system,
    w.customer_id,
{columns}
from whole as w
