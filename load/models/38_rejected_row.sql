-- Question: which delivered rows were refused and still wait for a correction, where do they stand, and whose are they?
-- Grain: open rejected row. Open as in `loadstar quarantine list`: settled are rows that a later delivery told
-- rightly, and those of files that were delivered again. Values stay in the quarantine.
-- Sources: quarantine, src.replaced_file, meta.feed, meta.feed_column, src.employee_spelling, src.employee_ref, dim_employee.

with open_row as (
    select *
    from ods.quarantine.row
    where not is_settled
        and file_key not in (select file_key from src.replaced_file)
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

-- A row that was refused for its key is kept by the names of the fields, others by their columns. What the
-- contract takes from the place or states itself stands in no column.
said as (
    select
        open_row.reject_id,
        owner.field,
        coalesce(
            nullif(
                regexp_extract(
                    case owner.taken_from
                        when '$sheet' then open_row.sheet
                        when '$file' then open_row.file
                    end,
                    coalesce(owner.taken_part, '(?s)^(.*)$'),
                    1
                ),
                ''
            ),
            owner.constant,
            json_extract_string(open_row.raw, '/' || replace(replace(owner.name, '~', '~0'), '/', '~1'))
        ) as value
    from open_row
    inner join (
        select
            feed_name,
            object_name,
            field,
            taken_from,
            taken_part,
            constant,
            unnest(list_distinct([column_name, field] || coalesce(aliases, []))) as name
        from warehouse.meta.feed_column
        where field in ('employee_id', 'employee_name')
    ) as owner
        on owner.feed_name = open_row.feed and owner.object_name = open_row.object
    where json_valid(open_row.raw)
),

called as (
    select
        said.reject_id,
        case
            when said.field = 'employee_id' then meant.employee_key
            else coalesce(
                src.key_of('employee', coalesce(written.employee_id, latin.employee_id)),
                src.key_of('employee name', coalesce(nullif(src.latin(said.value), ''), said.value))
            )
        end as employee_key
    from said
    left join src.employee_ref as meant on meant.told_id = said.value
    left join src.employee_spelling as written
        on written.manner = 'plain'
        and written.spelling = if(said.field = 'employee_name', src.plain(said.value), null)
    left join src.employee_spelling as latin
        on latin.manner = 'latin'
        and latin.spelling = if(said.field = 'employee_name', src.latin(said.value), null)
),

owned as (
    select
        called.reject_id,
        min(called.employee_key) as employee_key
    from called
    inner join warehouse.dim_employee using (employee_key)
    group by called.reject_id
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
