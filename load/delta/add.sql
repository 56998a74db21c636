-- Adds the rows that {table} lacks.
insert into {table} by name
select *
from scratch.next
where rowid in (select new from scratch.difference where new is not null)
