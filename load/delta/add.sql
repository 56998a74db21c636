-- Adds the rows that {table} lacks.
insert into {table} by name
select *
from src.next
where rowid in (select new from src.difference where new is not null)
