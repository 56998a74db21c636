-- Question: which tables and views are there to read, and whose rows do they show?
-- Grain: table or view of the connection's database, or of all where it names
-- none: another database of the server is another company's, as often as not.
-- shows is a view's query, empty where the user may not see it.
select
    case when t.table_schema = database() then t.table_name else concat(t.table_schema, '.', t.table_name) end as name,
    case when t.table_type like '%VIEW%' then 'view' else 'table' end as kind,
    v.view_definition as shows
from information_schema.tables as t
left join information_schema.views as v on v.table_schema = t.table_schema and v.table_name = t.table_name
where t.table_schema = coalesce(database(), t.table_schema)
    and t.table_schema not in ('information_schema', 'performance_schema', 'mysql', 'sys')
order by 1
