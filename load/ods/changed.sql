-- Notes which rows of {entity} this run changed: those that it loaded, and those
-- of which it learnt an earlier state ($has_states).
insert into changed.{entity}
select row_id
from verdict
where verdict = 'loaded' or ($has_states and verdict = 'superseded' and is_state);
