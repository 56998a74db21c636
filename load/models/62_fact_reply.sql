-- Question: how fast does each side answer?
-- Grain: one question: a touch that another one answers, a touch from a customer that awaits an answer, or a case.
-- What a customer says in a case until its first answer is the question of the case, and no other.
-- Sources: fact_touch, fact_case, src look-ups.
-- Delta: row_id of warehouse.fact_touch, warehouse.fact_case
-- Rows from: warehouse.fact_touch, warehouse.fact_case

with linked as (
    select
        source_system,
        replies_to_activity_id as activity_id,
        count(*) as reply_count,
        min({'at': touched_at, 'row_id': row_id, 'employee_key': employee_key}) as first_reply,
        max(touched_at) as last_reply_at
    from warehouse.fact_touch
    where replies_to_activity_id in (select activity_id from affected.fact_touch)
    group by source_system, replies_to_activity_id
),

-- An activity id may come twice; what answers it answers the first.
answered as (
    select
        touch.row_id,
        linked.reply_count,
        linked.first_reply,
        linked.last_reply_at
    from affected.fact_touch as touch
    inner join linked using (source_system, activity_id)
    qualify row_number() over (
        partition by touch.source_system, touch.activity_id
        order by touch.touched_at nulls last, touch.row_id
    ) = 1
),

asked as (
    select
        touch.*,
        touch.is_two_way and touch.touch_kind in ('call', 'chat', 'meeting', 'visit') as is_at_once,
        answered.reply_count,
        answered.first_reply,
        answered.last_reply_at
    from affected.fact_touch as touch
    left join answered using (row_id)
    left join (
        select
            source_system,
            case_id,
            coalesce(first_reply_at, closed_at) as answered_at
        from warehouse.fact_case
        where case_id is not null
    ) as served
        on served.source_system = touch.source_system and served.case_id = touch.case_id
    where (
            answered.row_id is not null
            or (touch.direction = 'in' and not touch.is_reply and touch.touch_kind is distinct from 'task')
        )
        and (
            served.case_id is null
            or touch.direction is distinct from 'in'
            or coalesce(touch.touched_at > served.answered_at, served.answered_at is null and answered.row_id is not null)
        )
),

-- The company's next touch of the customer answers a question that nothing else answers.
answering as (
    select
        source_customer_key,
        touched_at,
        min(employee_key) as employee_key
    from warehouse.fact_touch
    where direction = 'out' and source_customer_key <> -1 and touched_at is not null
        and source_customer_key in (select source_customer_key from affected.fact_touch)
    group by source_customer_key, touched_at
),

waiting as (
    select
        asked.row_id,
        answering.touched_at as at,
        answering.employee_key
    from asked
    asof join answering
        on answering.source_customer_key = asked.source_customer_key and answering.touched_at >= asked.touched_at
    where asked.first_reply is null
        and not asked.is_at_once
        and asked.direction = 'in'
        and src.days_between(asked.touched_at, answering.touched_at) < 30
),

question as (
    select
        asked.row_id,
        src.key_of('question', cast(asked.row_id as varchar)) as reply_key,
        asked.source_system,
        'touch' as question_kind,
        asked.activity_id,
        asked.case_id,
        if(asked.direction = 'in', 'customer', 'company') as asked_by,
        asked.touch_kind as touch_type,
        asked.touchpoint_key,
        asked.source_customer_key,
        asked.customer_key,
        case
            when coalesce(asked.first_reply.employee_key, -2) > 0 then asked.first_reply.employee_key
            when coalesce(waiting.employee_key, -2) > 0 then waiting.employee_key
            else asked.employee_key
        end as employee_key,
        asked.touched_at as asked_at,
        case
            when asked.first_reply is not null then asked.first_reply.at
            when asked.is_at_once then asked.touched_at
            else waiting.at
        end as first_reply_at,
        case
            when asked.first_reply is not null then asked.last_reply_at
            when asked.is_at_once then asked.touched_at
            else waiting.at
        end as last_reply_at,
        coalesce(asked.reply_count, if(asked.is_at_once or waiting.row_id is not null, 1, 0)) as reply_count,
        case
            when asked.first_reply is not null then 'linked'
            when asked.is_at_once then 'at once'
            when waiting.row_id is not null then 'next touch'
            else 'none'
        end as answer_kind,
        asked.source_file_key,
        asked.source_row
    from asked
    left join waiting using (row_id)

    union all

    select
        row_id,
        src.key_of('question', cast(row_id as varchar)),
        source_system,
        'case',
        null,
        case_id,
        'customer',
        touch_kind,
        touchpoint_key,
        source_customer_key,
        customer_key,
        employee_key,
        opened_at,
        first_reply_at,
        if(closed_at is null, null, greatest(closed_at, first_reply_at)),
        if(first_reply_at is null and closed_at is null, 0, 1),
        if(first_reply_at is null and closed_at is null, 'none', 'case'),
        source_file_key,
        source_row
    from affected.fact_case
),

timed as (
    select
        * exclude (first_reply_at),
        coalesce(first_reply_at, last_reply_at) as first_reply_at
    from question
)

select
    timed.*,
    coalesce(asked_day.date_key, -1) as asked_date_key,
    if(timed.first_reply_at is null, -3, replied_day.date_key) as first_reply_date_key,
    timed.answer_kind <> 'none' as is_answered,
    src.minutes_between(timed.asked_at, timed.first_reply_at) as first_reply_minutes,
    src.business_minute(replied, timed.first_reply_at) - src.business_minute(asked, timed.asked_at)
        as first_reply_business_minutes,
    src.minutes_between(timed.asked_at, timed.last_reply_at) as total_reply_minutes,
    src.business_minute(finished, timed.last_reply_at) - src.business_minute(asked, timed.asked_at)
        as total_reply_business_minutes

from timed
left join src.time_slot as asked_day on asked_day.slot = src.slot(timed.asked_at)
left join src.time_slot as replied_day on replied_day.slot = src.slot(timed.first_reply_at)
left join src.business_slot as asked on asked.slot = src.slot(timed.asked_at)
left join src.business_slot as replied on replied.slot = src.slot(timed.first_reply_at)
left join src.business_slot as finished on finished.slot = src.slot(timed.last_reply_at)
