-- Question: which delivered rows were refused and still wait for a correction, where do they stand, and whose are they?
-- Grain: open rejected row. Open as in `loadstar quarantine list`: settled are rows that a later delivery told
-- rightly, and those of files that were delivered again. Values stay in the quarantine.
-- Sources: quarantine, meta.delivery, meta.feed, meta.feed_column, dim_employee.

with newest as (
    select
        file_key,
        sha256,
        arg_max(sha256, (delivered_at, sequence)) over (
            partition by feed_name, case when mode = 'snapshot' then '' else path end
        ) as newest_sha256
    from warehouse.meta.delivery
    where coalesce(cursor_value, '') = ''
),

open_row as (
    select *
    from ods.quarantine.row
    where not is_settled
        and file_key not in (select file_key from newest where sha256 <> newest_sha256)
),

broken as (
    select
        reject_id,
        string_agg(distinct nullif(column_name, ''), ', ' order by nullif(column_name, '')) as columns,
        string_agg(distinct reason, '; ' order by reason) as reason,
        min(nullif(cell, '')) as cell
    from ods.quarantine.violation
    group by reject_id
),

-- A row that was refused for its key is kept by the names of the fields, others by their columns.
said as (
    select
        open_row.reject_id,
        owner.field,
        json_extract_string(open_row.raw, '/' || replace(replace(name, '~', '~0'), '/', '~1')) as value
    from open_row
    inner join (
        select feed_name, object_name, field, unnest([column_name, field]) as name
        from warehouse.meta.feed_column
        where field in ('employee_id', 'employee_name')
    ) as owner
        on owner.feed_name = open_row.feed and owner.object_name = open_row.object
    where json_valid(open_row.raw)
),

called as (
    select
        src.plain(name) as plain_name,
        min(employee_key) as employee_key
    from warehouse.dim_employee
    where employee_key > 0 and name is not null
    group by plain_name
    having count(*) = 1
),

owned as (
    select
        said.reject_id,
        min(coalesce(employee.employee_key, called.employee_key)) as employee_key
    from said
    left join warehouse.dim_employee as employee
        on employee.employee_id = if(said.field = 'employee_id', said.value, null)
    left join called
        on called.plain_name = if(said.field = 'employee_name', src.plain(said.value), null)
    group by said.reject_id
),

described as (
    select
        feed_name,
        object_name,
        min(entity) as entity
    from warehouse.meta.feed_column
    group by feed_name, object_name
)

select
    open_row.reject_id,
    open_row.feed as feed_name,
    feed.source_system,
    described.entity,
    open_row.file,
    open_row.sheet,
    open_row.source_row,
    case
        when broken.cell is not null then open_row.file || '#' || open_row.sheet || '!' || broken.cell
        when open_row.sheet <> '' then open_row.file || '#' || open_row.sheet || '!' || open_row.source_row
        else open_row.file || ':' || open_row.source_row
    end as place,
    broken.columns,
    broken.reason,
    coalesce(owned.employee_key, -2) as employee_key

from open_row
left join broken using (reject_id)
left join owned using (reject_id)
left join described
    on described.feed_name = open_row.feed and described.object_name = open_row.object
left join warehouse.meta.feed as feed on feed.feed_name = open_row.feed
