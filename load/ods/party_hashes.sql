-- Every state of a party as one number: of every party, or ({only}) of some.
-- Grain: party.
create or replace view {name} as
select
    source_customer_key,
    bit_xor(md5_number_lower(cast(s as varchar))) as content_hash
from (
    select * exclude (received_at, content_hash) from party_row {only}
    union all by name
    select * exclude (received_at, content_hash) from party_state {only}
) as s
group by source_customer_key;
