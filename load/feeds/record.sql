-- Question: what do the contracts of the project promise, and where does each delivered column go?
-- Sources: $1, a JSON document of feeds and their columns (feeds.go).

create or replace table src.feeds as
select
    unnest(
        from_json(
            $1,
            '{
                "feed": [{"feed_name": "VARCHAR", "source_system": "VARCHAR", "mode": "VARCHAR",
                    "contract_version": "VARCHAR", "meaning": "VARCHAR", "fresh_within_seconds": "BIGINT"}],
                "feed_column": [{"feed_name": "VARCHAR", "object_name": "VARCHAR", "column_name": "VARCHAR",
                    "entity": "VARCHAR", "field": "VARCHAR", "aliases": ["VARCHAR"], "taken_from": "VARCHAR",
                    "taken_part": "VARCHAR", "constant": "VARCHAR", "meaning": "VARCHAR", "is_personal": "BOOLEAN"}]
            }'
        )
    );

delete from warehouse.meta.feed;
insert into warehouse.meta.feed by name
select
    item.* replace (nullif(item.meaning, '') as meaning, nullif(item.fresh_within_seconds, 0) as fresh_within_seconds)
from (select unnest(feed) as item from src.feeds);

delete from warehouse.meta.feed_column;
insert into warehouse.meta.feed_column by name
select
    item.* replace (
        nullif(item.meaning, '') as meaning, nullif(item.field, '') as field, nullif(item.taken_from, '') as taken_from,
        nullif(item.taken_part, '') as taken_part
    )
from (select unnest(feed_column) as item from src.feeds);
