-- Question: which records does their own source call one person or organisation?
-- Grain: pair of a record with the first of those that have a master in common with it; and, in systems that keep one
-- of the records, which then names no master, with that one, which may have been joined into another since.
-- Sources: customer.
with named as (
    select
        source_customer_key,
        source_system,
        customer_id,
        master_id
    from ods.customer
    where source_customer_key is not null
        and source_system in (select source_system from ods.customer where master_id is not null)
),

grouped as (
    select
        min(source_customer_key) over (partition by source_system, master_id) as left_key,
        source_customer_key as right_key
    from named
    where master_id is not null

    union

    select
        least(kept.source_customer_key, named.source_customer_key),
        greatest(kept.source_customer_key, named.source_customer_key)
    from named
    inner join named as kept on kept.source_system = named.source_system and kept.customer_id = named.master_id
    where named.source_system in (select source_system from named where master_id is null)
)

select
    left_key,
    right_key
from grouped
where left_key <> right_key
order by 1, 2
