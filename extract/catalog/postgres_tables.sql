-- Question: which tables and views are there to read, and whose rows do they show?
-- Grain: table or view. shows is a view's query; of a partition, and of a table
-- that inherits from others, it names the tables that show its rows too.
select
    case when t.table_schema = current_schema() then t.table_name else t.table_schema || '.' || t.table_name end as name,
    case when c.relkind = 'v' then 'view' else 'table' end as kind,
    case
        when c.relkind = 'v' then pg_get_viewdef(c.oid)
        else (
            select string_agg(quote_ident(parent.relname), ', ' order by parent.relname)
            from pg_inherits as i
            join pg_class as parent on parent.oid = i.inhparent
            where i.inhrelid = c.oid
        )
    end as shows
from information_schema.tables as t
join pg_namespace as n on n.nspname = t.table_schema
join pg_class as c on c.relnamespace = n.oid and c.relname = t.table_name
where t.table_schema not in ('pg_catalog', 'information_schema')
order by 1
