-- Question: what has happened between us and a customer, in order of time?
-- Grain: touch, stage entered, order, invoice or credit note, payment or refund, case, campaign answer or web visit with an order.
-- Sources: fact_touch, fact_stage_event, fact_order_line, fact_invoice_line, fact_payment, fact_case, fact_campaign_member, dimensions.

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
    customer_key,
    make_timestamptz(epoch_us(min(invoiced_on))),
    min(invoice_date_key),
    if(bool_or(document_type = 'credit_note'), 'credit note', 'invoice'),
    count(*) || ' lines' || coalesce(', due ' || min(due_on), ''),
    source_system,
    invoice_id,
    null,
    sum(reporting_amount)
from fact_invoice_line
group by customer_key, source_system, invoice_id

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
    answer.customer_key,
    coalesce(answer.responded_at, answer.clicked_at, answer.opened_at, answer.sent_at, answer.selected_at),
    greatest(
        answer.responded_date_key, answer.clicked_date_key, answer.opened_date_key, answer.sent_date_key,
        answer.selected_date_key
    ),
    'campaign',
    concat_ws(', ', coalesce(campaign.name, campaign.campaign_id), answer.furthest_answer),
    answer.source_system,
    campaign.campaign_id,
    null,
    null
from fact_campaign_member as answer
left join dim_campaign as campaign using (campaign_key)
