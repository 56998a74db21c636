-- Question: what has happened between us and a customer, in order of time?
-- Grain: touch, stage entered, web visit with an order, order, invoice or credit note, payment or refund, case,
-- beginning, change or end of a subscription, or campaign membership with its furthest answer.
-- Sources: fact_touch, fact_stage_event, fact_online_funnel, fact_order_line, fact_invoice_line, fact_payment, fact_case,
-- fact_subscription, fact_campaign_member, dimensions, about.

-- Where a source tells a day only, it stands at the company's midnight.
with midnight as (
    select
        dim_date.date_key,
        timezone(about.company_time_zone, cast(dim_date."date" as timestamp)) as at
    from dim_date
    cross join about
),

billed as (
    select
        customer_key,
        source_system,
        invoice_id,
        coalesce(min(invoice_date_key) filter (where invoice_date_key > 0), -1) as date_key,
        if(bool_or(document_type = 'credit_note'), 'credit note', 'invoice') as kind,
        if(bool_or(is_whole_document), 'no lines', count(*) || ' lines') || coalesce(', due ' || min(due_on), '')
            || if(bool_and(is_void), ', void', '') as what,
        sum(reporting_amount) as amount
    from fact_invoice_line
    group by customer_key, source_system, invoice_id
),

answered as (
    select
        *,
        case
            when responded_at is not null then {'at': responded_at, 'date_key': responded_date_key}
            when clicked_at is not null then {'at': clicked_at, 'date_key': clicked_date_key}
            when opened_at is not null then {'at': opened_at, 'date_key': opened_date_key}
            when sent_at is not null then {'at': sent_at, 'date_key': sent_date_key}
            when selected_at is not null then {'at': selected_at, 'date_key': selected_date_key}
            else {'at': blocked_at, 'date_key': blocked_date_key}
        end as answer
    from fact_campaign_member
),

-- What will end is no past.
subscribed as (
    select
        *,
        unnest(
            [{'at': from_at, 'date_key': from_date_key, 'what': if(is_start, 'begun', 'changed')}]
            || if(is_end and not is_running, [{'at': to_at, 'date_key': to_date_key, 'what': 'ended'}], [])
        ) as move
    from fact_subscription
    where is_counted
)

select
    touch.customer_key,
    touch.touched_at as happened_at,
    touch.touch_date_key as date_key,
    'touch' as kind,
    concat_ws(', ', coalesce(touch.touch_kind, touch.touch_type), touch.direction, touch.outcome) as what,
    touch.source_system,
    touch.activity_id as id,
    if(touch.employee_key > 0, coalesce(employee.name, employee.employee_id), null) as employee,
    cast(null as decimal(38, 4)) as amount
from fact_touch as touch
left join dim_employee as employee using (employee_key)

union all

select
    event.customer_key,
    event.entered_at,
    event.entered_date_key,
    'stage',
    concat_ws(', ', coalesce(stage.name, event.stage_word), event.reason),
    event.source_system,
    coalesce(pursuit.opportunity_id, pursuit.lead_id),
    if(event.employee_key > 0, coalesce(employee.name, employee.employee_id), null),
    if(event.is_last, pursuit.reporting_amount, null)
from fact_stage_event as event
left join fact_pipeline as pursuit using (pursuit_key)
left join dim_funnel_stage as stage on stage.stage_key = event.stage_key
left join dim_employee as employee on employee.employee_key = event.employee_key

union all

-- The value stands with the order itself.
select
    customer_key,
    started_at,
    session_date_key,
    'web visit',
    event_count || ' events, ' || if(order_count = 1, 'an order', order_count || ' orders'),
    source_system,
    session_id,
    null,
    null
from fact_online_funnel
where order_count > 0

union all

select
    customer_key,
    min(ordered_at),
    min(order_date_key),
    'order',
    count(*) || ' lines' || if(bool_and(is_cancelled), ', cancelled', ''),
    source_system,
    order_id,
    null,
    sum(reporting_amount)
from fact_order_line
group by customer_key, source_system, order_id

union all

select
    billed.customer_key,
    midnight.at,
    billed.date_key,
    billed.kind,
    billed.what,
    billed.source_system,
    billed.invoice_id,
    null,
    billed.amount
from billed
left join midnight using (date_key)

union all

select
    customer_key,
    paid_at,
    paid_date_key,
    case when is_refund then 'refund' when amount < 0 then 'repayment' else 'payment' end,
    concat_ws(', ', method, status, reason),
    source_system,
    coalesce(refund_id, payment_id),
    null,
    reporting_amount
from fact_payment

union all

select
    fact.customer_key,
    fact.opened_at,
    fact.opened_date_key,
    'case',
    concat_ws(', ', fact.case_type, fact.priority, coalesce(fact.progress, fact.case_status)),
    fact.source_system,
    fact.case_id,
    if(fact.employee_key > 0, coalesce(employee.name, employee.employee_id), null),
    null
from fact_case as fact
left join dim_employee as employee using (employee_key)

union all

select
    fact.customer_key,
    fact.move.at,
    fact.move.date_key,
    'subscription',
    concat_ws(', ', coalesce(product.name, product.product_id, fact.plan), fact.move.what),
    fact.source_system,
    fact.subscription_id,
    if(fact.employee_key > 0, coalesce(employee.name, employee.employee_id), null),
    fact.reporting_amount
from subscribed as fact
left join dim_product as product on product.product_key = if(fact.product_key > 0, fact.product_key, null)
left join dim_employee as employee on employee.employee_key = fact.employee_key

union all

select
    answered.customer_key,
    answered.answer.at,
    answered.answer.date_key,
    'campaign',
    concat_ws(
        ', ',
        coalesce(campaign.name, campaign.campaign_id),
        answered.furthest_answer,
        if(answered.is_unsubscribed, 'unsubscribed', null),
        if(answered.is_blocked, 'blocked', null)
    ),
    answered.source_system,
    campaign.campaign_id,
    null,
    null
from answered
left join dim_campaign as campaign using (campaign_key)
