-- Question: which tables and views are there to read?  Grain: table or view.
select case when table_schema = database() then table_name else concat(table_schema, '.', table_name) end
from information_schema.tables
where table_schema not in ('information_schema', 'performance_schema', 'mysql', 'sys')
order by 1
