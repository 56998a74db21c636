-- Question: what does each table, column, KPI and rule mean, and where does it come from?
-- Sources: $1, a JSON document of the catalogue (catalogue.go); meta.feed_column.

create or replace table src.catalogue_seed as
select
    unnest(
        from_json(
            $1,
            '{
                "catalogue": [{"kind": "VARCHAR", "name": "VARCHAR", "schema_name": "VARCHAR", "table_name": "VARCHAR",
                    "column_name": "VARCHAR", "position": "INTEGER", "process": "VARCHAR", "meaning": "VARCHAR",
                    "grain": "VARCHAR", "data_type": "VARCHAR", "unit": "VARCHAR", "source_columns": "VARCHAR",
                    "example_question": "VARCHAR"}],
                "lineage": [{"table_name": "VARCHAR", "column_name": "VARCHAR", "from_table": "VARCHAR",
                    "from_column": "VARCHAR"}],
                "glossary": [{"term": "VARCHAR", "meaning": "VARCHAR"}]
            }'
        )
    );

delete from warehouse.meta.lineage;
insert into warehouse.meta.lineage by name
select unnest(item) from (select unnest(lineage) as item from src.catalogue_seed)
union all by name
select
    'ods.' || entity as table_name,
    field as column_name,
    feed_name || '.' || object_name as from_table,
    column_name as from_column
from warehouse.meta.feed_column
where field is not null;

-- What the columns of the ODS are read from, the contracts say.
delete from warehouse.meta.catalogue;
insert into warehouse.meta.catalogue by name
select
    item.* replace (coalesce(told.sources, item.source_columns) as source_columns)
from (select unnest(catalogue) as item from src.catalogue_seed) as named
left join (
    select
        table_name || '.' || column_name as name,
        string_agg(distinct from_table || '.' || from_column, ', ' order by from_table || '.' || from_column) as sources
    from warehouse.meta.lineage
    where table_name like 'ods.%'
    group by all
) as told
    on item.kind = 'column' and told.name = item.name;

delete from warehouse.meta.glossary;
insert into warehouse.meta.glossary by name
select unnest(item) from (select unnest(glossary) as item from src.catalogue_seed);
