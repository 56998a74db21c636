-- Keeps on what the parties of this run were decided.
delete from ods.idn.party_evidence
where source_customer_key in (select source_customer_key from changed.customer_key)
    or source_customer_key not in (select source_customer_key from ods.customer where source_customer_key is not null);

insert into ods.idn.party_evidence
select
    source_customer_key,
    content_hash
from party_hash
where source_customer_key not in (select source_customer_key from ods.idn.party_evidence);
