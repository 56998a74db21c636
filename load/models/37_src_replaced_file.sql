-- Question: which delivered files does a later delivery stand in the place of?
-- Grain: file key. Its path was delivered again with other content, or each delivery is the whole, of the feed or of
-- one list of it, and a newer one came: what is still wrong is told by that. A pull with a cursor brings other rows each time and replaces nothing.
-- Sources: meta.delivery.

with newest as (
    select
        file_key,
        sha256,
        arg_max(sha256, (delivered_at, sequence)) over (
            partition by feed_name, case when mode = 'snapshot' then coalesce(partition_name, '') else path end
        ) as newest_sha256
    from warehouse.meta.delivery
    where coalesce(cursor_value, '') = ''
)

select file_key
from newest
where sha256 <> newest_sha256
