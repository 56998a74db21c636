-- Every state of every party as one number. Grain: party.
create or replace view party_hash as
select
    source_customer_key,
    bit_xor(md5_number_lower(cast(s as varchar))) as content_hash
from (
    select * exclude (received_at, content_hash) from party_row
    union all by name
    select * exclude (received_at, content_hash) from party_state
) as s
group by source_customer_key;
