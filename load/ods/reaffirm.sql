-- Another state held between the first and the last delivery that told the
-- current one: the current one then holds from its last delivery on. Rows are
-- replaced, not updated: digests tell old rows by their place.
create or replace temp table reaffirmed as
select * replace (received_at as effective_at)
from {ods}
where row_id in (select row_id from verdict where verdict = 'superseded' and is_known and is_later);

delete from {ods} where row_id in (select row_id from reaffirmed);

insert into {ods} by name from reaffirmed;
