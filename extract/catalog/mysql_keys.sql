-- Question: which unique keys of a table tell all its rows apart?
-- Grain: column of a key, the primary key first.
select
    s.index_name,
    s.column_name

from information_schema.statistics as s
inner join (
    select index_name
    from information_schema.statistics
    where table_schema = coalesce(nullif(?, ''), database())
        and table_name = ?
    group by index_name
    having max(non_unique) = 0 and max(nullable) <> 'YES' and max(coalesce(sub_part, 0)) = 0
) as total on s.index_name = total.index_name

where s.table_schema = coalesce(nullif(?, ''), database())
    and s.table_name = ?

order by s.index_name <> 'PRIMARY', s.index_name, s.seq_in_index
