-- Removes the rows of {table} that src.next has not.
delete from {table}
where rowid in (select old from src.difference where old is not null)
