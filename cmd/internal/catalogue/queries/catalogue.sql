-- Question: what does everything mean?
select
    kind,
    name,
    coalesce(schema_name, ''),
    coalesce(table_name, ''),
    coalesce(column_name, ''),
    coalesce(process, ''),
    coalesce(meaning, ''),
    coalesce(grain, ''),
    coalesce(data_type, ''),
    coalesce(unit, ''),
    coalesce(example_question, '')

from meta.catalogue

order by schema_name, table_name, position nulls first, name
