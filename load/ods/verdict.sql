-- Question: what becomes of each staged row of one object of one delivery?
-- Grain: one staged row. Sources: the stage table {stage}, the ODS table {ods}.
-- $keyed: the object names a key. $latest: of several states of one key the
-- greatest wins. $drop: equal rows of a keyless feed are counted only.
-- $snapshot: a row that an earlier snapshot lacked comes back.
create or replace temp table verdict as
with numbered as (
    select
        rowid as stage_rowid,
        row_id,
        content_hash,
        version_at,
        file_key,
        source_row
    from {stage}
),
repeated as (
    select row_id
    from numbered
    group by row_id
    having count(*) > 1
),
ranked as (
    select
        n.*,
        row_number() over (
            partition by n.row_id, n.content_hash
            order by n.file_key, n.source_row
        ) as copy_number,
        count(*) over (partition by n.row_id) as row_copies,
        first_value(n.content_hash) over (
            partition by n.row_id
            order by n.version_at desc nulls last, n.content_hash desc
        ) as newest_hash,
        min(n.content_hash) over (partition by n.row_id)
        <> max(n.content_hash) over (partition by n.row_id) as has_states
    from numbered as n
    semi join repeated as r on n.row_id = r.row_id
),
within as materialized (
    select
        stage_rowid,
        case when $keyed then row_id else row_id + (copy_number - 1) end as row_id,
        content_hash,
        version_at,
        copy_number,
        case
            when not $keyed and $drop and copy_number > 1 then 'redelivered'
            when not $keyed then 'new'
            when has_states and not $latest then 'conflict'
            when copy_number > 1 then 'redelivered'
            when content_hash <> newest_hash then 'superseded'
            else 'new'
        end as verdict
    from ranked
    union all
    select
        n.stage_rowid,
        n.row_id,
        n.content_hash,
        n.version_at,
        1 as copy_number,
        'new' as verdict
    from numbered as n
    anti join repeated as r on n.row_id = r.row_id
),
known as materialized (
    select
        o.row_id,
        o.content_hash,
        o.effective_at,
        o.is_deleted
    from {ods} as o
    semi join within as w on o.row_id = w.row_id
)
select
    w.stage_rowid,
    cast(w.row_id as decimal(38, 0)) as row_id,
    w.content_hash,
    cast(w.copy_number as integer) as occurrence,
    case
        when o.is_deleted and $snapshot and $delivered_at > o.effective_at then $delivered_at
        else coalesce(make_timestamptz(w.version_at), $delivered_at)
    end as effective_at,
    o.row_id is not null as is_known,
    case
        when w.verdict <> 'new' then w.verdict
        when o.row_id is null then 'loaded'
        when o.is_deleted and $snapshot and $delivered_at > o.effective_at then 'loaded'
        when o.content_hash = w.content_hash then 'redelivered'
        when coalesce(make_timestamptz(w.version_at), $delivered_at) >= o.effective_at then 'loaded'
        else 'superseded'
    end as verdict
from within as w
left join known as o on w.row_id = o.row_id;
