-- Keeps on what the parties of this run were decided: those that changed, which
-- in a rebuild are those of which something else is known.
delete from ods.idn.party_evidence
where source_customer_key in (select source_customer_key from changed.customer_key)
    or source_customer_key not in (select source_customer_key from ods.customer where source_customer_key is not null);

insert into ods.idn.party_evidence
select
    source_customer_key,
    content_hash
from changed_party_hash;
