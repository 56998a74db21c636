-- Question: which columns does a table declare as its primary key?
-- Grain: column of the key. SQLite lets them be null where nothing forbids it.
select
    'primary',
    name

from pragma_table_info(?1)

where pk > 0

order by pk
