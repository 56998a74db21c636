-- Question: which unique keys of a table tell all its rows apart?
-- Grain: column of the key. Only the primary key counts, and only where none
-- of its columns may be null, as SQLite allows for all but integer keys.
select
    'primary',
    t.name

from pragma_table_info(?1) as t

where t.pk > 0
    and not exists (
        select 1
        from pragma_table_info(?1) as n
        where n.pk > 0
            and n."notnull" = 0
            and not (
                upper(n.type) = 'INTEGER'
                and (select count(*) from pragma_table_info(?1) where pk > 0) = 1
            )
    )

order by t.pk
