-- Question: of which parties did the rows, contact points, addresses, consents or accounts change?
insert into changed.customer_key
select c.source_customer_key
from ods.customer as c
semi join changed.customer as x on c.row_id = x.row_id
where c.source_customer_key is not null
union
select c.source_customer_key
from ods.customer as c
inner join ods.contact_point as p
    on c.source_system = p.source_system and coalesce(c.party_id, c.customer_id) = p.party_id
semi join changed.contact_point as x on p.row_id = x.row_id
where c.source_customer_key is not null
union
select c.source_customer_key
from ods.customer as c
inner join ods.contact_point as t
    on c.source_system = t.source_system and coalesce(c.party_id, c.customer_id) = t.party_id
inner join ods.contact_point as p
    on t.source_system = p.source_system and t.contact_point_id = p.contact_point_id
semi join changed.contact_point as x on p.row_id = x.row_id
where c.source_customer_key is not null and p.party_id is null
union
select c.source_customer_key
from ods.customer as c
inner join ods.customer_address as l
    on c.source_system = l.source_system and coalesce(c.party_id, c.customer_id) = l.party_id
semi join changed.customer_address as x on l.row_id = x.row_id
where c.source_customer_key is not null
union
select c.source_customer_key
from ods.customer as c
left join party_address as l
    on c.source_system = l.source_system and coalesce(c.party_id, c.customer_id) = l.party_id
inner join ods.address as a
    on c.source_system = a.source_system and coalesce(c.address_id, l.address_id) = a.address_id
semi join changed.address as x on a.row_id = x.row_id
where c.source_customer_key is not null
union
select c.source_customer_key
from ods.customer as c
inner join ods.consent as r on c.source_system = r.source_system and c.customer_id = r.customer_id
semi join changed.consent as x on r.row_id = x.row_id
where c.source_customer_key is not null
union
select c.source_customer_key
from ods.customer as c
semi join changed.party as x
    on c.source_system = x.source_system and coalesce(c.party_id, c.customer_id) = x.party_id
where c.source_customer_key is not null
union
select c.source_customer_key
from ods.customer as c
semi join changed.party as x on c.source_system = x.source_system and c.customer_id = x.party_id
where c.source_customer_key is not null
union
select c.source_customer_key
from ods.customer as c
inner join ods.account as a on c.source_system = a.source_system and c.account_id = a.account_id
semi join changed.account as x on a.row_id = x.row_id
where c.source_customer_key is not null
    and (a.is_supplier or c.source_customer_key not in (select source_customer_key from ods.idn.source_record))
union
select r.source_customer_key
from ods.contact as r
inner join ods.account as a on r.source_system = a.source_system and r.account_id = a.account_id
semi join changed.account as x on a.row_id = x.row_id
where r.source_customer_key is not null
    and (a.is_supplier or r.source_customer_key not in (select source_customer_key from ods.idn.source_record))
union
select r.source_customer_key
from ods.contact as r
inner join ods.account as a on r.source_system = a.source_system and r.account_id = a.account_id
semi join changed.contact as x on r.row_id = x.row_id
where r.source_customer_key is not null and a.is_supplier
;
