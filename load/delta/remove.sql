-- Removes the rows of {table} that scratch.next has not.
delete from {table}
where rowid in (select old from scratch.difference where old is not null)
