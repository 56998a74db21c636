-- Question: what is the state of each order, and which keys go with it?
-- Grain: source system and order id; where two feeds of a system tell of one order, the newer state counts.
-- Sources: order, src look-ups, dim_campaign, src.employee_ref, idn.source_record.
-- Rows from: ods.order

with told as not materialized (
    select *
    from ods."order"
    where order_id is not null and not is_deleted
),

-- Few orders are told twice: only these are sorted.
twice as (
    select
        source_system,
        order_id
    from told
    group by source_system, order_id
    having count(*) > 1
),

older as (
    select told.row_id
    from told
    semi join twice using (source_system, order_id)
    qualify row_number() over (
        partition by told.source_system, told.order_id
        order by told.effective_at desc, told.row_id
    ) > 1
)

select
    told.source_system,
    told.order_id,
    told.row_id,
    told.opportunity_id,
    told.source_customer_key,
    party.customer_key,
    coalesce(campaign.campaign_key, -2) as campaign_key,
    coalesce(channel.channel_key, campaign.channel_key, -2) as channel_key,
    coalesce(employee.employee_key, -2) as employee_key,
    told.session_id,
    told.touchpoint,
    told.status,
    told.currency_code,
    coalesce(told.is_currency_assumed, false) as is_currency_assumed,
    told.country_code,
    coalesce(told.is_cancelled, standing.meaning in ('cancelled', 'draft'), false) as is_cancelled,
    told.is_cancelled is null and coalesce(standing.meaning in ('cancelled', 'draft'), false) as is_called_off,
    told.ordered_at,
    slot.date_key as order_date_key

from told
left join src.time_slot as slot on slot.slot = src.slot(told.ordered_at)
left join src.word_meaning as standing on standing.subject = 'order_status' and standing.word = told.status
left join ods.idn.source_record as party on party.source_customer_key = told.source_customer_key
left join warehouse.dim_campaign as campaign on campaign.campaign_id = told.campaign_id
left join src.channel_word as channel on channel.word = told.channel
left join src.employee_ref as employee on employee.told_id = told.employee_id
anti join older on older.row_id = told.row_id
