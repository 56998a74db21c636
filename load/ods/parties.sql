-- Question: what does each source system know about each party?
-- Grain: source system and customer id. Sources: party_row, the identity of
-- the last run. Of several rows of one party the newest value of each field
-- counts, and the e-mail addresses and phone numbers of all are kept.
with several as (
    select source_customer_key
    from ods.customer
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
    from party_row
    semi join several using (source_customer_key)
    group by source_customer_key
),
whole as (
    select * exclude (received_at, row_id, content_hash, is_deleted)
    from party_row
    anti join several using (source_customer_key)
    union all by name
    select * from merged
)
select
    w.source_customer_key,
    w.source_system,
    w.customer_id,
    s.customer_key,
    s.customer_key is null or k.source_customer_key is not null as is_changed,
{columns}
from whole as w
left join ods.idn.source_record as s on w.source_customer_key = s.source_customer_key
left join (select distinct source_customer_key from changed.customer_key) as k
    on w.source_customer_key = k.source_customer_key
