-- Question: what becomes of each staged row of one object of one delivery?
-- Grain: one staged row. Sources: the stage table {stage}, the ODS table {ods}.
-- $keyed: the object names a key. $copies: its key ends with the text of the row,
-- so that equal rows are several, for two equal lines may be two sales; $nested:
-- within one record of the delivery, which may come twice itself. $latest: of
-- several states of one key the greatest wins. $drop: equal rows of a keyless
-- feed are counted only. $snapshot: a row that an earlier snapshot lacked comes
-- back, also where no moment tells them apart. {scope}: row o was last told by the
-- list that this delivery is the whole of; one of another list becomes one of it.
-- {ended}: the row itself says that it is deleted. $plain: rows never say so, and
-- one that is deleted was missing from a sweep of keys: it comes back when it is
-- told again.
-- A state without a version of its own is as new as the last delivery that
-- told it (received_at).
create or replace temp table verdict as
with numbered as (
    select
        s.rowid as stage_rowid,
        row_id,
        content_hash,
        version_at,
        file_key,
        source_row,
        {ended} as is_ended
    from {stage} as s
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
            partition by
                n.row_id,
                n.content_hash,
                case when $nested then n.file_key end,
                case when $nested then n.source_row end
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
told as (
    select
        r.*,
        row_number() over (
            partition by r.row_id, r.content_hash, r.copy_number
            order by r.file_key, r.source_row
        ) as told_number
    from ranked as r
),
within as materialized (
    select
        stage_rowid,
        case when $keyed and not $copies then row_id else row_id + (copy_number - 1) end as row_id,
        content_hash,
        version_at,
        is_ended,
        copy_number,
        case
            when not $keyed and $drop and copy_number > 1 then 'redelivered'
            when not $keyed then 'new'
            when has_states and not $latest then 'conflict'
            when $copies and told_number > 1 then 'redelivered'
            when not $copies and copy_number > 1 then 'redelivered'
            when content_hash <> newest_hash then 'superseded'
            else 'new'
        end as verdict
    from told
    union all
    select
        n.stage_rowid,
        n.row_id,
        n.content_hash,
        n.version_at,
        n.is_ended,
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
        o.received_at,
        o.is_deleted,
        not {scope} as is_elsewhere
    from {ods} as o
    semi join within as w on o.row_id = w.row_id
),
compared as (
    select
        w.*,
        o.row_id is not null as is_known,
        o.content_hash as known_hash,
        o.is_deleted and not w.is_ended
        and ($snapshot and $delivered_at >= o.effective_at or $plain and $delivered_at > o.effective_at) as is_back,
        o.is_elsewhere,
        coalesce(make_timestamptz(w.version_at), $delivered_at) as told_at,
        case
            when w.version_at is null then $delivered_at >= o.received_at
            when make_timestamptz(w.version_at) = o.effective_at then $delivered_at >= o.received_at
            else make_timestamptz(w.version_at) > o.effective_at
        end as is_newer,
        w.verdict = 'new' or w.version_at is not null as is_state
    from within as w
    left join known as o on w.row_id = o.row_id
)
select
    stage_rowid,
    cast(row_id as decimal(38, 0)) as row_id,
    content_hash,
    cast(copy_number as integer) as occurrence,
    case when is_back then $delivered_at else told_at end as effective_at,
    is_known,
    version_at is not null as is_versioned,
    is_state,
    case
        when verdict <> 'new' then verdict
        when not is_known then 'loaded'
        when is_back then 'loaded'
        when known_hash = content_hash and not (is_elsewhere and is_newer) then 'redelivered'
        when is_newer then 'loaded'
        else 'superseded'
    end as verdict
from compared;
