-- Question: about which known parties does this version know something else
-- than the one whose identity it carries over?
insert into changed.customer_key
select h.source_customer_key
from party_hash as h
left join ods.idn.party_evidence as e on h.source_customer_key = e.source_customer_key
where h.content_hash is distinct from e.content_hash;
