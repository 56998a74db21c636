-- Every state of a party of {rows} and {states} as one number. Grain: party.
create or replace view {name} as
select
    source_customer_key,
    bit_xor(md5_number_lower(cast(s as varchar))) as content_hash
from (
    select * exclude (received_at, content_hash) from {rows}
    union all by name
    select * exclude (received_at, content_hash) from {states}
) as s
group by source_customer_key;
