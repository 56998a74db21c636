-- Question: Does every key of a fact or dimension lead to a row of its dimension?
-- Severity: error
-- Grain: table, column and key.
-- Sources: every dimension and fact.

select distinct
    'fact_order_line' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_order_line as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_order_line' as table_name,
    'product_key' as column_name,
    fact.product_key as key
from warehouse.fact_order_line as fact
anti join warehouse.dim_product as dimension on dimension.product_key = fact.product_key

union all

select distinct
    'fact_order_line' as table_name,
    'campaign_key' as column_name,
    fact.campaign_key as key
from warehouse.fact_order_line as fact
anti join warehouse.dim_campaign as dimension on dimension.campaign_key = fact.campaign_key

union all

select distinct
    'fact_order_line' as table_name,
    'channel_key' as column_name,
    fact.channel_key as key
from warehouse.fact_order_line as fact
anti join warehouse.dim_channel as dimension on dimension.channel_key = fact.channel_key

union all

select distinct
    'fact_order_line' as table_name,
    'employee_key' as column_name,
    fact.employee_key as key
from warehouse.fact_order_line as fact
anti join warehouse.dim_employee as dimension on dimension.employee_key = fact.employee_key

union all

select distinct
    'fact_order_line' as table_name,
    'order_date_key' as column_name,
    fact.order_date_key as key
from warehouse.fact_order_line as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.order_date_key

union all

select distinct
    'fact_invoice_line' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_invoice_line as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_invoice_line' as table_name,
    'product_key' as column_name,
    fact.product_key as key
from warehouse.fact_invoice_line as fact
anti join warehouse.dim_product as dimension on dimension.product_key = fact.product_key

union all

select distinct
    'fact_invoice_line' as table_name,
    'employee_key' as column_name,
    fact.employee_key as key
from warehouse.fact_invoice_line as fact
anti join warehouse.dim_employee as dimension on dimension.employee_key = fact.employee_key

union all

select distinct
    'fact_invoice_line' as table_name,
    'invoice_date_key' as column_name,
    fact.invoice_date_key as key
from warehouse.fact_invoice_line as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.invoice_date_key

union all

select distinct
    'fact_invoice_line' as table_name,
    'due_date_key' as column_name,
    fact.due_date_key as key
from warehouse.fact_invoice_line as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.due_date_key

union all

select distinct
    'fact_payment' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_payment as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_payment' as table_name,
    'paid_date_key' as column_name,
    fact.paid_date_key as key
from warehouse.fact_payment as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.paid_date_key

union all

select distinct
    'fact_touch' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_touch as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_touch' as table_name,
    'employee_key' as column_name,
    fact.employee_key as key
from warehouse.fact_touch as fact
anti join warehouse.dim_employee as dimension on dimension.employee_key = fact.employee_key

union all

select distinct
    'fact_touch' as table_name,
    'campaign_key' as column_name,
    fact.campaign_key as key
from warehouse.fact_touch as fact
anti join warehouse.dim_campaign as dimension on dimension.campaign_key = fact.campaign_key

union all

select distinct
    'fact_touch' as table_name,
    'channel_key' as column_name,
    fact.channel_key as key
from warehouse.fact_touch as fact
anti join warehouse.dim_channel as dimension on dimension.channel_key = fact.channel_key

union all

select distinct
    'fact_touch' as table_name,
    'touch_date_key' as column_name,
    fact.touch_date_key as key
from warehouse.fact_touch as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.touch_date_key

union all

select distinct
    'fact_stage_event' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_stage_event as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_stage_event' as table_name,
    'employee_key' as column_name,
    fact.employee_key as key
from warehouse.fact_stage_event as fact
anti join warehouse.dim_employee as dimension on dimension.employee_key = fact.employee_key

union all

select distinct
    'fact_stage_event' as table_name,
    'from_stage_key' as column_name,
    fact.from_stage_key as key
from warehouse.fact_stage_event as fact
anti join warehouse.dim_funnel_stage as dimension on dimension.stage_key = fact.from_stage_key

union all

select distinct
    'fact_stage_event' as table_name,
    'stage_key' as column_name,
    fact.stage_key as key
from warehouse.fact_stage_event as fact
anti join warehouse.dim_funnel_stage as dimension on dimension.stage_key = fact.stage_key

union all

select distinct
    'fact_stage_event' as table_name,
    'entered_date_key' as column_name,
    fact.entered_date_key as key
from warehouse.fact_stage_event as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.entered_date_key

union all

select distinct
    'fact_stage_event' as table_name,
    'exited_date_key' as column_name,
    fact.exited_date_key as key
from warehouse.fact_stage_event as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.exited_date_key

union all

select distinct
    'fact_pipeline' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_pipeline' as table_name,
    'referred_by_customer_key' as column_name,
    fact.referred_by_customer_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.referred_by_customer_key

union all

select distinct
    'fact_pipeline' as table_name,
    'campaign_key' as column_name,
    fact.campaign_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_campaign as dimension on dimension.campaign_key = fact.campaign_key

union all

select distinct
    'fact_pipeline' as table_name,
    'channel_key' as column_name,
    fact.channel_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_channel as dimension on dimension.channel_key = fact.channel_key

union all

select distinct
    'fact_pipeline' as table_name,
    'employee_key' as column_name,
    fact.employee_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_employee as dimension on dimension.employee_key = fact.employee_key

union all

select distinct
    'fact_pipeline' as table_name,
    'current_stage_key' as column_name,
    fact.current_stage_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_funnel_stage as dimension on dimension.stage_key = fact.current_stage_key

union all

select distinct
    'fact_pipeline' as table_name,
    'furthest_stage_key' as column_name,
    fact.furthest_stage_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_funnel_stage as dimension on dimension.stage_key = fact.furthest_stage_key

union all

select distinct
    'fact_pipeline' as table_name,
    'created_date_key' as column_name,
    fact.created_date_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.created_date_key

union all

select distinct
    'fact_pipeline' as table_name,
    'suspect_date_key' as column_name,
    fact.suspect_date_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.suspect_date_key

union all

select distinct
    'fact_pipeline' as table_name,
    'prospect_date_key' as column_name,
    fact.prospect_date_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.prospect_date_key

union all

select distinct
    'fact_pipeline' as table_name,
    'qualified_lead_date_key' as column_name,
    fact.qualified_lead_date_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.qualified_lead_date_key

union all

select distinct
    'fact_pipeline' as table_name,
    'appointment_date_key' as column_name,
    fact.appointment_date_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.appointment_date_key

union all

select distinct
    'fact_pipeline' as table_name,
    'second_appointment_date_key' as column_name,
    fact.second_appointment_date_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.second_appointment_date_key

union all

select distinct
    'fact_pipeline' as table_name,
    'presentation_date_key' as column_name,
    fact.presentation_date_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.presentation_date_key

union all

select distinct
    'fact_pipeline' as table_name,
    'proposal_date_key' as column_name,
    fact.proposal_date_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.proposal_date_key

union all

select distinct
    'fact_pipeline' as table_name,
    'org_unit_key' as column_name,
    fact.org_unit_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_org_unit as dimension on dimension.org_unit_key = fact.org_unit_key

union all

select distinct
    'fact_pipeline' as table_name,
    'touchpoint_key' as column_name,
    fact.touchpoint_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_touchpoint as dimension on dimension.touchpoint_key = fact.touchpoint_key

union all

select distinct
    'fact_pipeline' as table_name,
    'closed_date_key' as column_name,
    fact.closed_date_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.closed_date_key

union all

select distinct
    'fact_pipeline' as table_name,
    'expected_close_date_key' as column_name,
    fact.expected_close_date_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.expected_close_date_key

union all

select distinct
    'fact_web_event' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_web_event as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_web_event' as table_name,
    'product_key' as column_name,
    fact.product_key as key
from warehouse.fact_web_event as fact
anti join warehouse.dim_product as dimension on dimension.product_key = fact.product_key

union all

select distinct
    'fact_web_event' as table_name,
    'campaign_key' as column_name,
    fact.campaign_key as key
from warehouse.fact_web_event as fact
anti join warehouse.dim_campaign as dimension on dimension.campaign_key = fact.campaign_key

union all

select distinct
    'fact_web_event' as table_name,
    'channel_key' as column_name,
    fact.channel_key as key
from warehouse.fact_web_event as fact
anti join warehouse.dim_channel as dimension on dimension.channel_key = fact.channel_key

union all

select distinct
    'fact_web_event' as table_name,
    'stage_key' as column_name,
    fact.stage_key as key
from warehouse.fact_web_event as fact
anti join warehouse.dim_funnel_stage as dimension on dimension.stage_key = fact.stage_key

union all

select distinct
    'fact_web_event' as table_name,
    'event_date_key' as column_name,
    fact.event_date_key as key
from warehouse.fact_web_event as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.event_date_key

union all

select distinct
    'fact_online_funnel' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_online_funnel as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_online_funnel' as table_name,
    'campaign_key' as column_name,
    fact.campaign_key as key
from warehouse.fact_online_funnel as fact
anti join warehouse.dim_campaign as dimension on dimension.campaign_key = fact.campaign_key

union all

select distinct
    'fact_online_funnel' as table_name,
    'channel_key' as column_name,
    fact.channel_key as key
from warehouse.fact_online_funnel as fact
anti join warehouse.dim_channel as dimension on dimension.channel_key = fact.channel_key

union all

select distinct
    'fact_online_funnel' as table_name,
    'furthest_stage_key' as column_name,
    fact.furthest_stage_key as key
from warehouse.fact_online_funnel as fact
anti join warehouse.dim_funnel_stage as dimension on dimension.stage_key = fact.furthest_stage_key

union all

select distinct
    'fact_online_funnel' as table_name,
    'session_date_key' as column_name,
    fact.session_date_key as key
from warehouse.fact_online_funnel as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.session_date_key

union all

select distinct
    'fact_online_funnel' as table_name,
    'ordered_date_key' as column_name,
    fact.ordered_date_key as key
from warehouse.fact_online_funnel as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.ordered_date_key

union all

select distinct
    'fact_online_funnel' as table_name,
    'paid_date_key' as column_name,
    fact.paid_date_key as key
from warehouse.fact_online_funnel as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.paid_date_key

union all

select distinct
    'fact_online_funnel' as table_name,
    'fulfilled_date_key' as column_name,
    fact.fulfilled_date_key as key
from warehouse.fact_online_funnel as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.fulfilled_date_key

union all

select distinct
    'fact_online_funnel' as table_name,
    'delivered_date_key' as column_name,
    fact.delivered_date_key as key
from warehouse.fact_online_funnel as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.delivered_date_key

union all

select distinct
    'fact_online_funnel' as table_name,
    'repeat_date_key' as column_name,
    fact.repeat_date_key as key
from warehouse.fact_online_funnel as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.repeat_date_key

union all

select distinct
    'dim_campaign' as table_name,
    'channel_key' as column_name,
    fact.channel_key as key
from warehouse.dim_campaign as fact
anti join warehouse.dim_channel as dimension on dimension.channel_key = fact.channel_key

union all

select distinct
    'dim_employee' as table_name,
    'manager_employee_key' as column_name,
    fact.manager_employee_key as key
from warehouse.dim_employee as fact
anti join warehouse.dim_employee as dimension on dimension.employee_key = fact.manager_employee_key

union all

select distinct
    'dim_customer_history' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.dim_customer_history as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_order_line' as table_name,
    'currency_code' as column_name,
    null as key
from warehouse.fact_order_line as fact
anti join warehouse.dim_currency as dimension using (currency_code)

union all

select distinct
    'fact_invoice_line' as table_name,
    'currency_code' as column_name,
    null as key
from warehouse.fact_invoice_line as fact
anti join warehouse.dim_currency as dimension using (currency_code)

union all

select distinct
    'fact_payment' as table_name,
    'currency_code' as column_name,
    null as key
from warehouse.fact_payment as fact
anti join warehouse.dim_currency as dimension using (currency_code)

union all

select distinct
    'fact_pipeline' as table_name,
    'currency_code' as column_name,
    null as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_currency as dimension using (currency_code)

union all

select distinct
    'fact_touch' as table_name,
    'pursuit_key' as column_name,
    fact.pursuit_key as key
from warehouse.fact_touch as fact
anti join warehouse.fact_pipeline as dimension using (pursuit_key)
where fact.pursuit_key > 0

union all

select distinct
    'fact_web_event' as table_name,
    'session_key' as column_name,
    fact.session_key as key
from warehouse.fact_web_event as fact
anti join warehouse.fact_online_funnel as dimension using (session_key)

union all

select distinct
    'fact_order_fulfilment' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_order_fulfilment as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_order_fulfilment' as table_name,
    'product_key' as column_name,
    fact.product_key as key
from warehouse.fact_order_fulfilment as fact
anti join warehouse.dim_product as dimension on dimension.product_key = fact.product_key

union all

select distinct
    'fact_order_fulfilment' as table_name,
    'campaign_key' as column_name,
    fact.campaign_key as key
from warehouse.fact_order_fulfilment as fact
anti join warehouse.dim_campaign as dimension on dimension.campaign_key = fact.campaign_key

union all

select distinct
    'fact_order_fulfilment' as table_name,
    'employee_key' as column_name,
    fact.employee_key as key
from warehouse.fact_order_fulfilment as fact
anti join warehouse.dim_employee as dimension on dimension.employee_key = fact.employee_key

union all

select distinct
    'fact_order_fulfilment' as table_name,
    'touchpoint_key' as column_name,
    fact.touchpoint_key as key
from warehouse.fact_order_fulfilment as fact
anti join warehouse.dim_touchpoint as dimension on dimension.touchpoint_key = fact.touchpoint_key

union all

select distinct
    'fact_order_fulfilment' as table_name,
    'ordered_date_key' as column_name,
    fact.ordered_date_key as key
from warehouse.fact_order_fulfilment as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.ordered_date_key

union all

select distinct
    'fact_order_fulfilment' as table_name,
    'paid_date_key' as column_name,
    fact.paid_date_key as key
from warehouse.fact_order_fulfilment as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.paid_date_key

union all

select distinct
    'fact_order_fulfilment' as table_name,
    'shipped_date_key' as column_name,
    fact.shipped_date_key as key
from warehouse.fact_order_fulfilment as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.shipped_date_key

union all

select distinct
    'fact_order_fulfilment' as table_name,
    'delivered_date_key' as column_name,
    fact.delivered_date_key as key
from warehouse.fact_order_fulfilment as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.delivered_date_key

union all

select distinct
    'fact_campaign_member' as table_name,
    'campaign_key' as column_name,
    fact.campaign_key as key
from warehouse.fact_campaign_member as fact
anti join warehouse.dim_campaign as dimension on dimension.campaign_key = fact.campaign_key

union all

select distinct
    'fact_campaign_member' as table_name,
    'channel_key' as column_name,
    fact.channel_key as key
from warehouse.fact_campaign_member as fact
anti join warehouse.dim_channel as dimension on dimension.channel_key = fact.channel_key

union all

select distinct
    'fact_campaign_member' as table_name,
    'pursuit_key' as column_name,
    fact.pursuit_key as key
from warehouse.fact_campaign_member as fact
anti join warehouse.fact_pipeline as dimension on dimension.pursuit_key = fact.pursuit_key
where fact.pursuit_key > 0

union all

select distinct
    'fact_campaign_member' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_campaign_member as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_campaign_member' as table_name,
    'selected_date_key' as column_name,
    fact.selected_date_key as key
from warehouse.fact_campaign_member as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.selected_date_key

union all

select distinct
    'fact_campaign_member' as table_name,
    'sent_date_key' as column_name,
    fact.sent_date_key as key
from warehouse.fact_campaign_member as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.sent_date_key

union all

select distinct
    'fact_campaign_member' as table_name,
    'opened_date_key' as column_name,
    fact.opened_date_key as key
from warehouse.fact_campaign_member as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.opened_date_key

union all

select distinct
    'fact_campaign_member' as table_name,
    'clicked_date_key' as column_name,
    fact.clicked_date_key as key
from warehouse.fact_campaign_member as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.clicked_date_key

union all

select distinct
    'fact_campaign_member' as table_name,
    'responded_date_key' as column_name,
    fact.responded_date_key as key
from warehouse.fact_campaign_member as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.responded_date_key

union all

select distinct
    'fact_campaign_member' as table_name,
    'unsubscribed_date_key' as column_name,
    fact.unsubscribed_date_key as key
from warehouse.fact_campaign_member as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.unsubscribed_date_key

union all

select distinct
    'fact_campaign_member' as table_name,
    'blocked_date_key' as column_name,
    fact.blocked_date_key as key
from warehouse.fact_campaign_member as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.blocked_date_key

union all

select distinct
    'fact_campaign_spend' as table_name,
    'campaign_key' as column_name,
    fact.campaign_key as key
from warehouse.fact_campaign_spend as fact
anti join warehouse.dim_campaign as dimension on dimension.campaign_key = fact.campaign_key

union all

select distinct
    'fact_campaign_spend' as table_name,
    'channel_key' as column_name,
    fact.channel_key as key
from warehouse.fact_campaign_spend as fact
anti join warehouse.dim_channel as dimension on dimension.channel_key = fact.channel_key

union all

select distinct
    'fact_campaign_spend' as table_name,
    'spent_date_key' as column_name,
    fact.spent_date_key as key
from warehouse.fact_campaign_spend as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.spent_date_key

union all

select distinct
    'fact_campaign_spend' as table_name,
    'currency_code' as column_name,
    null as key
from warehouse.fact_campaign_spend as fact
anti join warehouse.dim_currency as dimension on dimension.currency_code = fact.currency_code

union all

select distinct
    'fact_target' as table_name,
    'period_date_key' as column_name,
    fact.period_date_key as key
from warehouse.fact_target as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.period_date_key

union all

select distinct
    'fact_target' as table_name,
    'org_unit_key' as column_name,
    fact.org_unit_key as key
from warehouse.fact_target as fact
anti join warehouse.dim_org_unit as dimension on dimension.org_unit_key = fact.org_unit_key

union all

select distinct
    'fact_target' as table_name,
    'employee_key' as column_name,
    fact.employee_key as key
from warehouse.fact_target as fact
anti join warehouse.dim_employee as dimension on dimension.employee_key = fact.employee_key

union all

select distinct
    'fact_target' as table_name,
    'currency_code' as column_name,
    null as key
from warehouse.fact_target as fact
anti join warehouse.dim_currency as dimension on dimension.currency_code = fact.currency_code
where fact.currency_code is not null

union all

select distinct
    'fact_profitability' as table_name,
    'period_date_key' as column_name,
    fact.period_date_key as key
from warehouse.fact_profitability as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.period_date_key

union all

select distinct
    'fact_profitability' as table_name,
    'product_key' as column_name,
    fact.product_key as key
from warehouse.fact_profitability as fact
anti join warehouse.dim_product as dimension on dimension.product_key = fact.product_key

union all

select distinct
    'fact_profitability' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_profitability as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_profitability' as table_name,
    'org_unit_key' as column_name,
    fact.org_unit_key as key
from warehouse.fact_profitability as fact
anti join warehouse.dim_org_unit as dimension on dimension.org_unit_key = fact.org_unit_key

union all

select distinct
    'fact_profitability' as table_name,
    'currency_code' as column_name,
    null as key
from warehouse.fact_profitability as fact
anti join warehouse.dim_currency as dimension on dimension.currency_code = fact.currency_code

union all

select distinct
    'fact_case' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_case as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_case' as table_name,
    'employee_key' as column_name,
    fact.employee_key as key
from warehouse.fact_case as fact
anti join warehouse.dim_employee as dimension on dimension.employee_key = fact.employee_key

union all

select distinct
    'fact_case' as table_name,
    'touchpoint_key' as column_name,
    fact.touchpoint_key as key
from warehouse.fact_case as fact
anti join warehouse.dim_touchpoint as dimension on dimension.touchpoint_key = fact.touchpoint_key

union all

select distinct
    'fact_case' as table_name,
    'opened_date_key' as column_name,
    fact.opened_date_key as key
from warehouse.fact_case as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.opened_date_key

union all

select distinct
    'fact_case' as table_name,
    'first_reply_date_key' as column_name,
    fact.first_reply_date_key as key
from warehouse.fact_case as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.first_reply_date_key

union all

select distinct
    'fact_case' as table_name,
    'closed_date_key' as column_name,
    fact.closed_date_key as key
from warehouse.fact_case as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.closed_date_key

union all

select distinct
    'fact_reply' as table_name,
    'touchpoint_key' as column_name,
    fact.touchpoint_key as key
from warehouse.fact_reply as fact
anti join warehouse.dim_touchpoint as dimension on dimension.touchpoint_key = fact.touchpoint_key

union all

select distinct
    'fact_reply' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_reply as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_reply' as table_name,
    'employee_key' as column_name,
    fact.employee_key as key
from warehouse.fact_reply as fact
anti join warehouse.dim_employee as dimension on dimension.employee_key = fact.employee_key

union all

select distinct
    'fact_reply' as table_name,
    'asked_date_key' as column_name,
    fact.asked_date_key as key
from warehouse.fact_reply as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.asked_date_key

union all

select distinct
    'fact_reply' as table_name,
    'first_reply_date_key' as column_name,
    fact.first_reply_date_key as key
from warehouse.fact_reply as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.first_reply_date_key

union all

select distinct
    'fact_inventory_daily' as table_name,
    'product_key' as column_name,
    fact.product_key as key
from warehouse.fact_inventory_daily as fact
anti join warehouse.dim_product as dimension on dimension.product_key = fact.product_key

union all

select distinct
    'fact_inventory_daily' as table_name,
    'counted_date_key' as column_name,
    fact.counted_date_key as key
from warehouse.fact_inventory_daily as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.counted_date_key

union all

select distinct
    'fact_inventory_daily' as table_name,
    'currency_code' as column_name,
    null as key
from warehouse.fact_inventory_daily as fact
anti join warehouse.dim_currency as dimension on dimension.currency_code = fact.currency_code

union all

select distinct
    'fact_survey_response' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_survey_response as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_survey_response' as table_name,
    'answered_date_key' as column_name,
    fact.answered_date_key as key
from warehouse.fact_survey_response as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.answered_date_key

union all

select distinct
    'fact_receivable' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_receivable as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_receivable' as table_name,
    'invoice_date_key' as column_name,
    fact.invoice_date_key as key
from warehouse.fact_receivable as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.invoice_date_key

union all

select distinct
    'fact_receivable' as table_name,
    'due_date_key' as column_name,
    fact.due_date_key as key
from warehouse.fact_receivable as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.due_date_key

union all

select distinct
    'fact_receivable' as table_name,
    'currency_code' as column_name,
    null as key
from warehouse.fact_receivable as fact
anti join warehouse.dim_currency as dimension on dimension.currency_code = fact.currency_code

union all

select distinct
    'fact_receivable' as table_name,
    'last_paid_date_key' as column_name,
    fact.last_paid_date_key as key
from warehouse.fact_receivable as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.last_paid_date_key

union all

select distinct
    'fact_pipeline_daily' as table_name,
    'date_key' as column_name,
    fact.date_key as key
from warehouse.fact_pipeline_daily as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.date_key

union all

select distinct
    'fact_pipeline_daily' as table_name,
    'stage_key' as column_name,
    fact.stage_key as key
from warehouse.fact_pipeline_daily as fact
anti join warehouse.dim_funnel_stage as dimension on dimension.stage_key = fact.stage_key

union all

select distinct
    'fact_pipeline_daily' as table_name,
    'employee_key' as column_name,
    fact.employee_key as key
from warehouse.fact_pipeline_daily as fact
anti join warehouse.dim_employee as dimension on dimension.employee_key = fact.employee_key

union all

select distinct
    'fact_customer_month' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_customer_month as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_customer_month' as table_name,
    'month_date_key' as column_name,
    fact.month_date_key as key
from warehouse.fact_customer_month as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.month_date_key

union all

select distinct
    'fact_customer_month' as table_name,
    'first_order_month_date_key' as column_name,
    fact.first_order_month_date_key as key
from warehouse.fact_customer_month as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.first_order_month_date_key

union all

select distinct
    'fact_attribution' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_attribution as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_attribution' as table_name,
    'converted_date_key' as column_name,
    fact.converted_date_key as key
from warehouse.fact_attribution as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.converted_date_key

union all

select distinct
    'fact_attribution' as table_name,
    'touched_date_key' as column_name,
    fact.touched_date_key as key
from warehouse.fact_attribution as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.touched_date_key

union all

select distinct
    'fact_attribution' as table_name,
    'campaign_key' as column_name,
    fact.campaign_key as key
from warehouse.fact_attribution as fact
anti join warehouse.dim_campaign as dimension on dimension.campaign_key = fact.campaign_key

union all

select distinct
    'fact_attribution' as table_name,
    'channel_key' as column_name,
    fact.channel_key as key
from warehouse.fact_attribution as fact
anti join warehouse.dim_channel as dimension on dimension.channel_key = fact.channel_key

union all

select distinct
    'dim_account' as table_name,
    'parent_account_key' as column_name,
    fact.parent_account_key as key
from warehouse.dim_account as fact
anti join warehouse.dim_account as dimension on dimension.account_key = fact.parent_account_key

union all

select distinct
    'dim_account' as table_name,
    'employee_key' as column_name,
    fact.employee_key as key
from warehouse.dim_account as fact
anti join warehouse.dim_employee as dimension on dimension.employee_key = fact.employee_key

union all

select distinct
    'dim_account' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.dim_account as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'dim_org_unit' as table_name,
    'parent_org_unit_key' as column_name,
    fact.parent_org_unit_key as key
from warehouse.dim_org_unit as fact
anti join warehouse.dim_org_unit as dimension on dimension.org_unit_key = fact.parent_org_unit_key

union all

select distinct
    'fact_touch' as table_name,
    'touchpoint_key' as column_name,
    fact.touchpoint_key as key
from warehouse.fact_touch as fact
anti join warehouse.dim_touchpoint as dimension on dimension.touchpoint_key = fact.touchpoint_key

union all

select distinct
    'fact_order_line' as table_name,
    'touchpoint_key' as column_name,
    fact.touchpoint_key as key
from warehouse.fact_order_line as fact
anti join warehouse.dim_touchpoint as dimension on dimension.touchpoint_key = fact.touchpoint_key

union all

select distinct
    'dim_employee' as table_name,
    'org_unit_key' as column_name,
    fact.org_unit_key as key
from warehouse.dim_employee as fact
anti join warehouse.dim_org_unit as dimension on dimension.org_unit_key = fact.org_unit_key

union all

select distinct
    'dim_customer' as table_name,
    'address_key' as column_name,
    fact.address_key as key
from warehouse.dim_customer as fact
anti join warehouse.dim_address as dimension on dimension.address_key = fact.address_key

union all

select distinct
    'fact_pipeline' as table_name,
    'account_key' as column_name,
    fact.account_key as key
from warehouse.fact_pipeline as fact
anti join warehouse.dim_account as dimension on dimension.account_key = fact.account_key

union all

select distinct
    'fact_subscription' as table_name,
    'customer_key' as column_name,
    fact.customer_key as key
from warehouse.fact_subscription as fact
anti join warehouse.dim_customer as dimension on dimension.customer_key = fact.customer_key

union all

select distinct
    'fact_subscription' as table_name,
    'product_key' as column_name,
    fact.product_key as key
from warehouse.fact_subscription as fact
anti join warehouse.dim_product as dimension on dimension.product_key = fact.product_key

union all

select distinct
    'fact_subscription' as table_name,
    'employee_key' as column_name,
    fact.employee_key as key
from warehouse.fact_subscription as fact
anti join warehouse.dim_employee as dimension on dimension.employee_key = fact.employee_key

union all

select distinct
    'fact_subscription' as table_name,
    'from_date_key' as column_name,
    fact.from_date_key as key
from warehouse.fact_subscription as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.from_date_key

union all

select distinct
    'fact_subscription' as table_name,
    'to_date_key' as column_name,
    fact.to_date_key as key
from warehouse.fact_subscription as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.to_date_key

union all

select distinct
    'fact_subscription' as table_name,
    'begun_date_key' as column_name,
    fact.begun_date_key as key
from warehouse.fact_subscription as fact
anti join warehouse.dim_date as dimension on dimension.date_key = fact.begun_date_key

union all

select distinct
    'fact_subscription' as table_name,
    'currency_code' as column_name,
    fact.currency_code as key
from warehouse.fact_subscription as fact
anti join warehouse.dim_currency as dimension on dimension.currency_code = fact.currency_code
