-- Notes whom the contact points that are about to go from {ods} reach by rows
-- that tie them to a party.
insert into changed.party
select
    t.source_system,
    t.party_id
from {ods} as p
inner join {ods} as t
    on p.source_system = t.source_system and p.contact_point_id = t.contact_point_id
where t.party_id is not null
    and p.party_id is null
    and p.row_id in (select row_id from {rows});
