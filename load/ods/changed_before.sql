-- Notes whose contact points or address links are about to go from {ods}.
insert into changed.party
select
    source_system,
    party_id
from {ods}
where party_id is not null
    and row_id in (select row_id from {rows});
