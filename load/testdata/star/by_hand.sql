-- One statement a fact, as an analyst writes them who knows this ODS: no key is made from a hash, no word is
-- looked up, nothing is checked, no row is told twice. The measure of what shaping costs.
create table hand.fact_order_line as
select
    line.row_id,
    line.order_id,
    line.line_id,
    coalesce(line.ordered_at, header.ordered_at) as ordered_at,
    cast(strftime(timezone('Europe/London', coalesce(line.ordered_at, header.ordered_at)), '%Y%m%d') as integer) as order_date_key,
    header.source_customer_key,
    party.customer_key,
    product.product_key,
    campaign.campaign_key,
    coalesce(channel.channel_key, campaign.channel_key) as channel_key,
    employee.employee_key,
    header.touchpoint,
    header.status as order_status,
    line.quantity,
    line.unit_price,
    line.discount_amount,
    cast(line.quantity * line.unit_price - coalesce(line.discount_amount, 0) as decimal(18, 4)) as line_amount,
    header.currency_code,
    cast(
        (line.quantity * line.unit_price - coalesce(line.discount_amount, 0))
        / if(header.currency_code = 'EUR', 1, rate.rate) as decimal(18, 4)
    ) as reporting_amount,
    header.is_cancelled,
    line.file_key,
    line.source_row
from ods.order_line as line
left join ods."order" as header using (source_system, order_id)
left join ods.idn.source_record as party on party.source_customer_key = header.source_customer_key
left join warehouse.dim_product as product on product.product_id = line.product_id
left join warehouse.dim_campaign as campaign on campaign.campaign_id = header.campaign_id
left join warehouse.meta.channel_word as channel on channel.word = header.channel
left join warehouse.dim_employee as employee on employee.employee_id = header.employee_id
left join ods.exchange_rate as rate
    on rate.to_currency_code = header.currency_code and rate.rate_on = cast(timezone('Europe/London', header.ordered_at) as date)
where not line.is_deleted;

create table hand.fact_invoice_line as
select
    line.row_id,
    line.invoice_id,
    line.line_id,
    document.order_id,
    document.invoiced_on,
    document.due_on,
    cast(strftime(document.invoiced_on, '%Y%m%d') as integer) as invoice_date_key,
    cast(strftime(document.due_on, '%Y%m%d') as integer) as due_date_key,
    document.source_customer_key,
    party.customer_key,
    product.product_key,
    employee.employee_key,
    line.quantity,
    line.unit_price,
    line.tax_amount,
    line.line_amount,
    document.currency_code,
    cast(line.line_amount / if(document.currency_code = 'EUR', 1, rate.rate) as decimal(18, 4)) as reporting_amount,
    document.status as invoice_status,
    document.status = 'void' as is_void
from ods.invoice_line as line
left join ods.invoice as document using (source_system, invoice_id)
left join ods.idn.source_record as party on party.source_customer_key = document.source_customer_key
left join warehouse.dim_product as product on product.product_id = line.product_id
left join ods."order" as header on header.order_id = document.order_id
left join warehouse.dim_employee as employee on employee.employee_id = header.employee_id
left join ods.exchange_rate as rate
    on rate.to_currency_code = document.currency_code and rate.rate_on = document.invoiced_on
where not line.is_deleted;

create table hand.fact_payment as
with paid as (
    select row_id, source_system, payment_id, invoice_id, order_id, paid_at, method, status, amount, currency_code, false as is_refund
    from ods.payment
    where not is_deleted
    union all
    select
        refund.row_id, refund.source_system, refund.payment_id, payment.invoice_id, payment.order_id, refund."at", payment.method,
        refund.status, -refund.amount, refund.currency_code, true
    from ods.refund
    left join ods.payment using (source_system, payment_id)
    where not refund.is_deleted
)

select
    paid.* exclude (order_id),
    coalesce(paid.order_id, document.order_id) as order_id,
    cast(strftime(timezone('Europe/London', paid.paid_at), '%Y%m%d') as integer) as paid_date_key,
    document.source_customer_key,
    party.customer_key,
    cast(paid.amount / if(paid.currency_code = 'EUR', 1, rate.rate) as decimal(18, 4)) as reporting_amount,
    paid.status = 'declined' as is_failed
from paid
left join ods.invoice as document using (source_system, invoice_id)
left join ods.idn.source_record as party on party.source_customer_key = document.source_customer_key
left join ods.exchange_rate as rate
    on rate.to_currency_code = paid.currency_code and rate.rate_on = cast(timezone('Europe/London', paid.paid_at) as date);

create table hand.fact_touch as
select
    activity.row_id,
    activity.source_system,
    activity.activity_id,
    activity."at" as touched_at,
    cast(strftime(timezone('Europe/London', activity."at"), '%Y%m%d') as integer) as touch_date_key,
    activity.source_customer_key,
    party.customer_key,
    employee.employee_key,
    campaign.campaign_key,
    campaign.channel_key,
    activity.lead_id,
    activity.case_id,
    activity.type as touch_type,
    activity.direction,
    activity.touchpoint,
    activity.outcome,
    activity.duration_minutes,
    activity.replies_to_activity_id,
    activity.replies_to_activity_id is not null as is_reply,
    (activity.type in ('call', 'chat', 'meeting') and activity.outcome is null) or activity.replies_to_activity_id is not null
        as is_two_way
from ods.activity
left join ods.idn.source_record as party using (source_customer_key)
left join warehouse.dim_employee as employee on employee.employee_id = activity.employee_id
left join warehouse.dim_campaign as campaign on campaign.campaign_id = activity.campaign_id
where not activity.is_deleted;

create table hand.fact_web_event as
select
    event.row_id,
    event.source_system,
    event.visitor_id,
    event.session_id,
    event."at" as happened_at,
    cast(strftime(timezone('Europe/London', event."at"), '%Y%m%d') as integer) as event_date_key,
    event.source_customer_key,
    party.customer_key,
    event.type as event_type,
    product.product_key,
    campaign.campaign_key,
    coalesce(channel.channel_key, campaign.channel_key) as channel_key,
    event.order_id,
    event.url
from ods.web_event as event
left join ods.idn.source_record as party using (source_customer_key)
left join warehouse.dim_product as product on product.product_id = event.product_id
left join warehouse.dim_campaign as campaign on campaign.campaign_id = event.campaign_id
left join warehouse.meta.channel_word as channel on channel.word = event.channel
where not event.is_deleted;

create table hand.fact_stage_event as
with move as (
    select lead_id, stage, "at", row_id from ods.stage_event
    union all
    select lead_id, status, closed_at, row_id from ods.opportunity where closed_at is not null
)

select
    move.lead_id,
    row_number() over moves as event_number,
    lag(move.stage) over moves as from_stage,
    move.stage,
    move."at" as entered_at,
    cast(strftime(timezone('Europe/London', move."at"), '%Y%m%d') as integer) as entered_date_key,
    lead(move."at") over moves as exited_at,
    date_diff('second', move."at", lead(move."at") over moves) as duration_seconds,
    lead(move.stage) over moves is null as is_last,
    ods.lead.source_customer_key,
    party.customer_key,
    employee.employee_key
from move
inner join ods.lead using (lead_id)
left join ods.idn.source_record as party using (source_customer_key)
left join warehouse.dim_employee as employee on employee.employee_id = ods.lead.employee_id
window moves as (partition by move.lead_id order by move."at", move.row_id);

create table hand.fact_pipeline as
with reached as (
    select
        lead_id,
        min(entered_at) filter (where stage = 'Suspect') as suspect_at,
        min(entered_at) filter (where stage = 'Contacted') as prospect_at,
        min(entered_at) filter (where stage = 'Appointment') as appointment_at,
        min(entered_at) filter (where stage = 'Presentation') as presentation_at,
        min(entered_at) filter (where stage = 'Proposal') as proposal_at,
        arg_max(stage, event_number) as current_stage,
        count(*) as event_count
    from hand.fact_stage_event
    group by lead_id
)

select
    ods.lead.lead_id,
    deal.opportunity_id,
    ods.lead.source_customer_key,
    party.customer_key,
    campaign.campaign_key,
    employee.employee_key,
    employee.division,
    ods.lead.created_at,
    cast(strftime(timezone('Europe/London', ods.lead.created_at), '%Y%m%d') as integer) as created_date_key,
    coalesce(deal.status, reached.current_stage) as current_stage,
    coalesce(deal.status = 'won', false) as is_won,
    deal.closed_at is not null as is_closed,
    reached.* exclude (lead_id, current_stage),
    deal.closed_at,
    cast(strftime(timezone('Europe/London', deal.closed_at), '%Y%m%d') as integer) as closed_date_key,
    date_diff('day', ods.lead.created_at, deal.closed_at) as total_days,
    deal.amount,
    cast(deal.amount / if(deal.currency_code = 'EUR', 1, rate.rate) as decimal(18, 4)) as reporting_amount,
    deal.lost_reason
from ods.lead
left join ods.opportunity as deal using (source_system, lead_id)
left join reached using (lead_id)
left join ods.idn.source_record as party on party.source_customer_key = ods.lead.source_customer_key
left join warehouse.dim_campaign as campaign on campaign.campaign_id = ods.lead.campaign_id
left join warehouse.dim_employee as employee on employee.employee_id = ods.lead.employee_id
left join ods.exchange_rate as rate
    on rate.to_currency_code = deal.currency_code and rate.rate_on = cast(timezone('Europe/London', ods.lead.created_at) as date);

create table hand.fact_pipeline_daily as
select
    day.date_key,
    deal.employee_key,
    deal.division,
    deal.current_stage,
    count(*) as open_count,
    sum(deal.reporting_amount) as open_reporting_amount
from hand.fact_pipeline as deal
inner join warehouse.dim_date as day
    on day.date_key >= deal.created_date_key
    and day.date_key < coalesce(deal.closed_date_key, 20260401)
group by day.date_key, deal.employee_key, deal.division, deal.current_stage;

create table hand.fact_online_funnel as
with session as (
    select
        source_system,
        session_id,
        min(visitor_id) as visitor_id,
        max(source_customer_key) as source_customer_key,
        max(customer_key) as customer_key,
        arg_min(campaign_key, happened_at) filter (where campaign_key is not null) as campaign_key,
        arg_min(channel_key, happened_at) filter (where channel_key is not null) as channel_key,
        count(*) as event_count,
        min(happened_at) as started_at,
        min(happened_at) filter (where event_type = 'visit') as visit_at,
        min(happened_at) filter (where event_type = 'product_view') as product_view_at,
        min(happened_at) filter (where event_type = 'cart') as cart_at,
        min(happened_at) filter (where event_type = 'checkout') as checkout_at,
        min(order_id) as order_id
    from hand.fact_web_event
    group by source_system, session_id
),

paid as (
    select order_id, min(paid_at) as paid_at from hand.fact_payment where not is_refund and not is_failed group by order_id
),

sent as (
    select order_id, min(shipped_at) as fulfilled_at, min(delivered_at) as delivered_at
    from ods.fulfilment
    group by order_id
),

placed as (
    select
        header.order_id,
        header.ordered_at,
        lead(header.ordered_at) over (partition by party.customer_key order by header.ordered_at, header.row_id) as repeat_at
    from ods."order" as header
    inner join ods.idn.source_record as party using (source_customer_key)
    where not header.is_cancelled
)

select
    session.*,
    cast(strftime(timezone('Europe/London', session.started_at), '%Y%m%d') as integer) as session_date_key,
    placed.ordered_at,
    paid.paid_at,
    sent.fulfilled_at,
    sent.delivered_at,
    placed.repeat_at,
    case
        when placed.repeat_at is not null then 'repeat'
        when sent.delivered_at is not null then 'delivered'
        when sent.fulfilled_at is not null then 'fulfilled'
        when paid.paid_at is not null then 'paid'
        when session.order_id is not null then 'order'
        when session.checkout_at is not null then 'checkout'
        when session.cart_at is not null then 'cart'
        when session.product_view_at is not null then 'product view'
        else 'visit'
    end as furthest_stage
from session
left join placed using (order_id)
left join paid using (order_id)
left join sent using (order_id);

create table hand.fact_order_fulfilment as
with paid as (
    select order_id, min(paid_at) as paid_at from hand.fact_payment where not is_refund and not is_failed group by order_id
),

worth as (
    select order_id, sum(reporting_amount) as amount from hand.fact_order_line where not is_cancelled group by order_id
)

select
    header.order_id,
    sent.fulfilment_id,
    header.source_customer_key,
    party.customer_key,
    campaign.campaign_key,
    employee.employee_key,
    header.touchpoint,
    sent.kind,
    sent.carrier,
    sent.tracking_number,
    header.ordered_at,
    paid.paid_at,
    sent.shipped_at,
    sent.delivered_at,
    cast(strftime(timezone('Europe/London', header.ordered_at), '%Y%m%d') as integer) as ordered_date_key,
    cast(strftime(timezone('Europe/London', paid.paid_at), '%Y%m%d') as integer) as paid_date_key,
    cast(strftime(timezone('Europe/London', sent.shipped_at), '%Y%m%d') as integer) as shipped_date_key,
    cast(strftime(timezone('Europe/London', sent.delivered_at), '%Y%m%d') as integer) as delivered_date_key,
    date_diff('day', header.ordered_at, sent.shipped_at) as order_to_ship_days,
    date_diff('day', sent.shipped_at, sent.delivered_at) as ship_to_deliver_days,
    case
        when header.is_cancelled then 'cancelled'
        when sent.delivered_at is not null then 'delivered'
        when sent.shipped_at is not null then 'shipped'
        else 'waiting'
    end as progress,
    worth.amount
from ods."order" as header
left join ods.fulfilment as sent using (source_system, order_id)
left join paid on paid.order_id = header.order_id
left join worth on worth.order_id = header.order_id
left join ods.idn.source_record as party on party.source_customer_key = header.source_customer_key
left join warehouse.dim_campaign as campaign on campaign.campaign_id = header.campaign_id
left join warehouse.dim_employee as employee on employee.employee_id = header.employee_id;

create table hand.fact_campaign_member as
select
    member.campaign_id,
    campaign.campaign_key,
    campaign.channel_key,
    member.source_customer_key,
    party.customer_key,
    min(member."at") filter (where member.status = 'sent') as sent_at,
    min(member."at") filter (where member.status = 'opened') as opened_at,
    min(member."at") filter (where member.status = 'clicked') as clicked_at,
    min(member."at") filter (where member.status = 'unsubscribed') as unsubscribed_at,
    cast(strftime(timezone('Europe/London', min(member."at")), '%Y%m%d') as integer) as sent_date_key,
    arg_max(member.status, member."at") as last_word,
    count(*) as report_count
from ods.campaign_member as member
inner join warehouse.dim_campaign as campaign using (campaign_id)
left join ods.idn.source_record as party using (source_customer_key)
where not member.is_deleted
group by all;

create table hand.fact_campaign_spend as
select
    spend.*,
    campaign.campaign_key,
    cast(spend.amount / if(spend.currency_code = 'EUR', 1, rate.rate) as decimal(18, 4)) as reporting_amount
from ods.campaign_spend as spend
left join warehouse.dim_campaign as campaign using (campaign_id)
left join ods.exchange_rate as rate on rate.to_currency_code = spend.currency_code and rate.rate_on = spend.spent_on;

create table hand.fact_target as
select * from ods.target;

create table hand.fact_profitability as
select
    profit.*,
    party.customer_key,
    product.product_key,
    profit.revenue_amount - profit.cost_amount as margin
from ods.profitability as profit
left join ods.idn.source_record as party using (source_customer_key)
left join warehouse.dim_product as product using (product_id);

create table hand.fact_case as
select
    service_case.row_id,
    service_case.case_id,
    service_case.source_customer_key,
    party.customer_key,
    employee.employee_key,
    service_case.touchpoint,
    service_case.status,
    service_case.opened_at,
    service_case.first_reply_at,
    service_case.closed_at,
    cast(strftime(timezone('Europe/London', service_case.opened_at), '%Y%m%d') as integer) as opened_date_key,
    cast(strftime(timezone('Europe/London', service_case.closed_at), '%Y%m%d') as integer) as closed_date_key,
    date_diff('minute', service_case.opened_at, service_case.first_reply_at) as first_reply_minutes,
    date_diff('minute', service_case.opened_at, service_case.closed_at) as settle_minutes
from ods."case" as service_case
left join ods.idn.source_record as party using (source_customer_key)
left join warehouse.dim_employee as employee on employee.employee_id = service_case.employee_id;

create table hand.fact_reply as
with answered as (
    select replies_to_activity_id as activity_id, count(*) as reply_count, min(touched_at) as first_reply_at, max(touched_at) as last_reply_at
    from hand.fact_touch
    where replies_to_activity_id is not null
    group by replies_to_activity_id
),

answering as (
    select source_customer_key, touched_at from hand.fact_touch where direction = 'out'
),

next_touch as (
    select touch.row_id, answering.touched_at as next_at
    from hand.fact_touch as touch
    asof join answering
        on answering.source_customer_key = touch.source_customer_key and answering.touched_at >= touch.touched_at
    where touch.direction = 'in' and not touch.is_reply
)

select
    touch.row_id,
    touch.activity_id,
    touch.source_customer_key,
    touch.customer_key,
    touch.employee_key,
    touch.touch_type,
    touch.touched_at as asked_at,
    coalesce(answered.first_reply_at, if(touch.is_two_way, touch.touched_at, next_touch.next_at)) as replied_at,
    answered.last_reply_at,
    date_diff('minute', touch.touched_at, replied_at) as first_reply_minutes
from hand.fact_touch as touch
left join answered using (activity_id)
left join next_touch using (row_id)
where answered.activity_id is not null or (touch.direction = 'in' and not touch.is_reply)
union all
select
    row_id, case_id, source_customer_key, customer_key, employee_key, touchpoint, opened_at, first_reply_at, closed_at, first_reply_minutes
from hand.fact_case;

create table hand.fact_inventory_daily as
select
    stock.row_id,
    product.product_key,
    stock.location,
    stock.kind,
    stock.counted_on,
    cast(strftime(stock.counted_on, '%Y%m%d') as integer) as counted_date_key,
    stock.quantity,
    product.unit_cost,
    cast(stock.quantity * product.unit_cost as decimal(18, 4)) as stock_amount,
    stock.counted_on = max(stock.counted_on) over (partition by stock.product_id, stock.location, stock.kind) as is_latest
from ods.inventory as stock
left join warehouse.dim_product as product using (product_id);

create table hand.fact_survey_response as
select
    response.row_id,
    response.source_customer_key,
    party.customer_key,
    response.survey,
    response.question,
    response.score,
    cast(strftime(timezone('Europe/London', response."at"), '%Y%m%d') as integer) as answered_date_key
from ods.survey_response as response
left join ods.idn.source_record as party using (source_customer_key);

create table hand.fact_receivable as
with paid as (
    select
        invoice_id,
        sum(amount) filter (where not is_refund) as paid_amount,
        sum(-amount) filter (where is_refund) as refunded_amount,
        max(paid_date_key) as last_paid_date_key
    from hand.fact_payment
    where not is_failed
    group by invoice_id
)

select
    document.row_id,
    document.invoice_id,
    document.order_id,
    document.source_customer_key,
    party.customer_key,
    document.invoiced_on,
    document.due_on,
    document.total_amount,
    coalesce(paid.paid_amount, 0) - coalesce(paid.refunded_amount, 0) as paid_amount,
    document.total_amount - coalesce(paid.paid_amount, 0) as open_amount,
    cast(
        (document.total_amount - coalesce(paid.paid_amount, 0)) / if(document.currency_code = 'EUR', 1, rate.rate) as decimal(18, 4)
    ) as reporting_open_amount,
    paid.last_paid_date_key,
    greatest(date '2026-03-31' - document.due_on, 0) as overdue_days
from ods.invoice as document
left join paid using (invoice_id)
left join ods.idn.source_record as party using (source_customer_key)
left join ods.exchange_rate as rate
    on rate.to_currency_code = document.currency_code and rate.rate_on = document.invoiced_on;

create table hand.fact_customer_month as
with parts as (
    select customer_key, order_date_key // 100 as month, count(distinct order_id) as order_count, sum(reporting_amount) as order_amount
    from hand.fact_order_line
    where not is_cancelled
    group by all
    union all by name
    select customer_key, invoice_date_key // 100 as month, sum(reporting_amount) as invoiced_amount from hand.fact_invoice_line group by all
    union all by name
    select customer_key, paid_date_key // 100 as month, sum(reporting_amount) as paid_amount from hand.fact_payment where not is_failed group by all
    union all by name
    select
        customer_key, touch_date_key // 100 as month, count(*) filter (where direction = 'in') as touch_in_count,
        count(*) filter (where direction = 'out') as touch_out_count, count(*) filter (where is_two_way) as two_way_count
    from hand.fact_touch
    group by all
    union all by name
    select customer_key, session_date_key // 100 as month, count(*) as session_count from hand.fact_online_funnel group by all
    union all by name
    select customer_key, opened_date_key // 100 as month, count(*) as case_count from hand.fact_case group by all
    union all by name
    select
        customer_key, closed_date_key // 100 as month, count(*) filter (where is_won) as won_count,
        count(*) filter (where not is_won) as lost_count
    from hand.fact_pipeline
    where is_closed
    group by all
),

lived as (
    select customer_key, month, sum(columns(* exclude (customer_key, month)))
    from parts
    group by customer_key, month
)

select
    *,
    min(if(order_count > 0, month, null)) over (partition by customer_key) as first_month,
    sum(order_count) over so_far as cumulative_order_count,
    sum(order_amount) over so_far as cumulative_order_amount
from lived
window so_far as (partition by customer_key order by month);

create table hand.fact_attribution as
with sale as (
    select
        order_id as sale_id, max(customer_key) as customer_key, min(ordered_at) as sold_at, sum(reporting_amount) as amount
    from hand.fact_order_line
    where not is_cancelled
    group by order_id
    union all
    select opportunity_id, customer_key, closed_at, reporting_amount from hand.fact_pipeline where is_won
),

touch as (
    select customer_key, started_at as touched_at, campaign_key, channel_key, 'web session' as kind
    from hand.fact_online_funnel
    where customer_key is not null and coalesce(campaign_key, channel_key) is not null
    union all
    select customer_key, coalesce(opened_at, sent_at), campaign_key, channel_key, 'campaign member' from hand.fact_campaign_member
    union all
    select customer_key, touched_at, campaign_key, channel_key, 'touch' from hand.fact_touch where campaign_key is not null
),

met as (
    select
        sale.*,
        touch.* exclude (customer_key),
        row_number() over path as nth,
        count(*) over (partition by sale.sale_id) as n,
        power(0.5, date_diff('day', touch.touched_at, sale.sold_at) / 7) as decay
    from sale
    left join touch
        on touch.customer_key = sale.customer_key
        and touch.touched_at <= sale.sold_at
        and touch.touched_at > sale.sold_at - interval 90 days
    window path as (partition by sale.sale_id order by touch.touched_at)
)

select
    *,
    if(nth = 1, amount, 0) as first_amount,
    if(nth = n, amount, 0) as last_amount,
    amount / n as linear_amount,
    amount * decay / sum(decay) over (partition by sale_id) as time_decay_amount,
    amount * case when n <= 2 then 1.0 / n when nth in (1, n) then 0.4 else 0.2 / (n - 2) end as position_amount
from met;
