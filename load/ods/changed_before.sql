-- Notes whose contact points, address links or consents are about to go from {ods}.
insert into changed.party
select
    source_system,
    {party}
from {ods}
where {party} is not null
    and row_id in (select row_id from {rows});
