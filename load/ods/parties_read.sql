-- Question: which customer does each party belong to, and is it to be decided on?
-- Grain: source system and customer id. Sources: idn.party, the identity of the
-- last run.
select
    p.source_customer_key,
    p.source_system,
    p.customer_id,
    s.customer_key,
    s.customer_key is null or k.source_customer_key is not null as is_changed,
    p.* exclude (source_customer_key, source_system, customer_id)
from ods.idn.party as p
left join ods.idn.source_record as s on p.source_customer_key = s.source_customer_key
left join (select distinct source_customer_key from changed.customer_key) as k
    on p.source_customer_key = k.source_customer_key
order by p.source_customer_key
