-- Question: which tables and views are there to read?  Grain: table or view.
select case when table_schema = current_schema() then table_name else table_schema || '.' || table_name end
from information_schema.tables
where table_schema not in ('pg_catalog', 'information_schema')
order by 1
