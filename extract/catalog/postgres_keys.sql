-- Question: which unique keys of a table tell all its rows apart?
-- Grain: column of a key, the primary key first. A parent of inherited tables
-- has none: its indexes don't hold its children's rows.
select
    i.indexrelid::text,
    a.attname

from pg_index as i
inner join pg_class as c on i.indrelid = c.oid
cross join lateral unnest(i.indkey::int2[]) with ordinality as k (attnum, position)
inner join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = k.attnum

where i.indrelid = $1::text::regclass
    and i.indisunique
    and i.indisvalid
    and i.indimmediate
    and i.indpred is null
    and i.indexprs is null
    and k.position <= i.indnkeyatts
    and not (c.relkind = 'r' and c.relhassubclass)
    and not exists (
        select 1
        from pg_attribute as n
        where n.attrelid = i.indrelid
            and n.attnum = any(i.indkey::int2[])
            and not n.attnotnull
    )

order by i.indisprimary desc, i.indexrelid, k.position
