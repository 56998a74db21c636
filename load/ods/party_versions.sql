-- Question: which states did the parties of the customers in scope have?
-- Grain: one state of one party. A party that several rows describe takes over
-- at each state what the other rows said last.
-- $1: all customers, else those of changed.customer_scope.
with scope as (
    select
        s.source_customer_key,
        s.customer_key
    from ods.idn.source_record as s
    where $1 or s.customer_key in (select customer_key from changed.customer_scope)
),
rows as (
    select
        r.*,
        s.customer_key
    from party_state as r
    inner join scope as s on r.source_customer_key = s.source_customer_key
),
several as (
    select source_customer_key
    from rows
    group by source_customer_key
    having min(row_id) <> max(row_id)
),
whole as (
    select * from rows
    anti join several using (source_customer_key)
    union all by name
    select
        source_customer_key,
        source_system,
        customer_id,
        customer_key,
        effective_at,
        received_at,
        row_id,
        content_hash,
        is_deleted,
        contact_emails,
        contact_phones,
        last_value(
            columns(* exclude (
                source_customer_key, source_system, customer_id, customer_key, effective_at, received_at, row_id,
                content_hash, is_deleted, contact_emails, contact_phones
            )) ignore nulls
        ) over (
            partition by source_customer_key
            order by effective_at, row_id, received_at, content_hash
            rows unbounded preceding
        ) as '\0'
    from rows
    semi join several using (source_customer_key)
)
select
    w.source_customer_key,
    w.source_system,
    w.customer_id,
    w.customer_key,
    true as is_changed,
{columns},
    w.is_deleted
from whole as w
order by w.customer_key, w.effective_at, w.source_customer_key, w.row_id, w.received_at, w.content_hash
