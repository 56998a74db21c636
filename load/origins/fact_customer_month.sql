-- Question: which order lines did the customer order in the month?
-- Through: fact_order_line by row_id
select asked.fact_row, line.row_id
from asked
inner join warehouse.fact_order_line as line
    on line.customer_key = asked.customer_key and line.order_date_key // 100 = asked.month_date_key // 100;

-- Question: which invoice lines were billed to the customer in the month?
-- Through: fact_invoice_line by row_id
select asked.fact_row, line.row_id
from asked
inner join warehouse.fact_invoice_line as line
    on line.customer_key = asked.customer_key and line.invoice_date_key // 100 = asked.month_date_key // 100
where not line.is_void;

-- Question: what did the customer pay, or get back, in the month?
-- Through: fact_payment by row_id
select asked.fact_row, payment.row_id
from asked
inner join warehouse.fact_payment as payment
    on payment.customer_key = asked.customer_key and payment.paid_date_key // 100 = asked.month_date_key // 100
where not payment.is_failed;

-- Question: which touches were there with the customer in the month?
-- Through: fact_touch by row_id
select asked.fact_row, touch.row_id
from asked
inner join warehouse.fact_touch as touch
    on touch.customer_key = asked.customer_key and touch.touch_date_key // 100 = asked.month_date_key // 100;

-- Question: which web sessions did the customer have in the month?
-- Through: fact_web_event by session_key
select asked.fact_row, session.session_key
from asked
inner join warehouse.fact_online_funnel as session
    on session.customer_key = asked.customer_key and session.session_date_key // 100 = asked.month_date_key // 100;

-- Question: which cases of the customer were opened in the month?
-- Through: fact_case by row_id
select asked.fact_row, service.row_id
from asked
inner join warehouse.fact_case as service
    on service.customer_key = asked.customer_key and service.opened_date_key // 100 = asked.month_date_key // 100;

-- Question: which pursuits of the customer were closed in the month?
-- Through: fact_pipeline by pursuit_key
select asked.fact_row, pursuit.pursuit_key
from asked
inner join warehouse.fact_pipeline as pursuit
    on pursuit.customer_key = asked.customer_key and pursuit.closed_date_key // 100 = asked.month_date_key // 100
where pursuit.is_closed
