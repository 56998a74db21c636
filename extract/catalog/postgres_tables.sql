-- Question: which tables and views are there to read, and whose rows do they show?
-- Grain: table or view, materialized ones too, which the standard's catalogue
-- does not list. shows is a view's query; of a partition, and of a table
-- that inherits from others, it names the tables that show its rows too.
select
    case when n.nspname = current_schema() then c.relname else n.nspname || '.' || c.relname end as name,
    case when c.relkind in ('v', 'm') then 'view' else 'table' end as kind,
    case
        when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid)
        else (
            select string_agg(quote_ident(parent.relname), ', ' order by parent.relname)
            from pg_inherits as i
            join pg_class as parent on parent.oid = i.inhparent
            where i.inhrelid = c.oid
        )
    end as shows
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
left join information_schema.tables as t on t.table_schema = n.nspname and t.table_name = c.relname
where n.nspname not in ('pg_catalog', 'information_schema')
    and (t.table_name is not null or c.relkind = 'm' and has_table_privilege(c.oid, 'select'))
order by 1
