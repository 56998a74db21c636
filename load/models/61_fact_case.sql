-- Question: what did customers ask or complain about, and how long did it take to settle?
-- Grain: one service case in its present state; where two feeds of a system tell of one, the newer counts.
-- The customer is the row's own, else the one that a table of associations ties to it.
-- Sources: case, src.tie, fact_touch, src.employee_ref, src look-ups, idn.source_record.
-- Delta: row_id of ods.case
-- Whole with: src.employee_ref
-- Rows from: ods.case

with told as (
    select
        service_case.* replace (
            coalesce(service_case.source_customer_key, tie.source_customer_key) as source_customer_key
        )
    from affected."case" as service_case
    left join src.tie as tie
        on tie.source_system = service_case.source_system
        and tie.entity = 'case'
        and tie.id = service_case.case_id
    where not service_case.is_deleted
    qualify row_number() over (
        partition by service_case.source_system, coalesce(service_case.case_id, cast(service_case.row_id as varchar))
        order by service_case.effective_at desc, service_case.row_id
    ) = 1
),

-- Where a touch has no direction, what comes from somebody else than the case's customer comes from the company.
-- Who calls, and reaches somebody, is answered at once, also where the case was opened after the call.
touched as (
    select
        told.row_id,
        count(*) as touch_count,
        least(
            min(touch.touched_at) filter (
                where touch.direction = 'out'
                    or (touch.direction is null and touch.source_customer_key is distinct from told.source_customer_key)
            ),
            min(greatest(touch.touched_at, told.opened_at)) filter (
                where touch.direction = 'in' and touch.is_two_way and touch.touch_kind in ('call', 'chat', 'meeting', 'visit')
            )
        ) as first_answer_at
    from told
    inner join warehouse.fact_touch as touch
        on touch.source_system = told.source_system and touch.case_id = told.case_id
    group by told.row_id
),

known as (
    select
        told.* exclude (first_reply_at),
        coalesce(told.first_reply_at, touched.first_answer_at) as first_reply_at,
        coalesce(touched.touch_count, 0) as touch_count,
        coalesce(word.meaning, if(told.closed_at is not null, 'settled', null)) as progress
    from told
    left join touched using (row_id)
    left join src.word_meaning as word on word.subject = 'case_status' and word.word = told.status
)

select
    known.row_id,
    known.source_system,
    known.case_id,
    coalesce(known.source_customer_key, -1) as source_customer_key,
    coalesce(party.customer_key, -1) as customer_key,
    coalesce(employee.employee_key, -2) as employee_key,
    known.order_id,
    known.type as case_type,
    case when known.touchpoint is null then -2 else coalesce(place.touchpoint_key, -1) end as touchpoint_key,
    coalesce(
        kind.meaning,
        case point.touchpoint_id
            when 'call_centre' then 'call'
            when 'email' then 'mail'
            when 'mail' then 'letter'
            when 'chat' then 'chat'
            when 'mobile' then 'message'
            when 'internet' then 'form'
        end
    ) as touch_kind,
    known.priority,
    known.status as case_status,
    known.progress,
    known.opened_at,
    known.first_reply_at,
    known.closed_at,
    coalesce(opened_day.date_key, -1) as opened_date_key,
    if(known.first_reply_at is null, -3, replied_day.date_key) as first_reply_date_key,
    if(known.closed_at is null, -3, closed_day.date_key) as closed_date_key,
    src.minutes_between(known.opened_at, known.first_reply_at) as first_reply_minutes,
    src.business_minute(replied, known.first_reply_at) - src.business_minute(opened, known.opened_at)
        as first_reply_business_minutes,
    src.minutes_between(known.opened_at, known.closed_at) as settle_minutes,
    src.business_minute(closed, known.closed_at) - src.business_minute(opened, known.opened_at)
        as settle_business_minutes,
    known.touch_count,
    -- One that was taken up again may keep the day on which it was settled first.
    coalesce(known.progress <> 'settled', true) as is_open,
    known.is_exact_duplicate,
    known.file_key as source_file_key,
    known.source_row

from known
left join ods.idn.source_record as party on party.source_customer_key = known.source_customer_key
left join src.employee_ref as employee on employee.told_id = known.employee_id
left join src.touchpoint_word as place on place.word = known.touchpoint
left join warehouse.dim_touchpoint as point on point.touchpoint_key = place.touchpoint_key
left join src.word_meaning as kind on kind.subject = 'touch_type' and kind.word = known.channel
left join src.time_slot as opened_day on opened_day.slot = src.slot(known.opened_at)
left join src.time_slot as replied_day on replied_day.slot = src.slot(known.first_reply_at)
left join src.time_slot as closed_day on closed_day.slot = src.slot(known.closed_at)
left join src.business_slot as opened on opened.slot = src.slot(known.opened_at)
left join src.business_slot as replied on replied.slot = src.slot(known.first_reply_at)
left join src.business_slot as closed on closed.slot = src.slot(known.closed_at)
