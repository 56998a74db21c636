-- Question: which column is computed from which?
select
    table_name,
    column_name,
    from_table,
    from_column

from meta.lineage

order by all
