-- Notes which rows of {entity} this run changed.
insert into changed.{entity}
select row_id from verdict where verdict = 'loaded';
