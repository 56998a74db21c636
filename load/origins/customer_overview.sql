-- Question: which rows of fact_order_line are the customer's?
-- Through: fact_order_line by customer_key
select fact_row, customer_key
from asked;

-- Question: which rows of fact_invoice_line are the customer's?
-- Through: fact_invoice_line by customer_key
select fact_row, customer_key
from asked;

-- Question: which rows of fact_payment are the customer's?
-- Through: fact_payment by customer_key
select fact_row, customer_key
from asked;

-- Question: which rows of fact_touch are the customer's?
-- Through: fact_touch by customer_key
select fact_row, customer_key
from asked;

-- Question: which rows of fact_pipeline are the customer's?
-- Through: fact_pipeline by customer_key
select fact_row, customer_key
from asked;

-- Question: which rows of fact_web_event are the customer's?
-- Through: fact_web_event by customer_key
select fact_row, customer_key
from asked;

-- Question: which rows of fact_campaign_member are the customer's?
-- Through: fact_campaign_member by customer_key
select fact_row, customer_key
from asked;

-- Question: which rows of fact_case are the customer's?
-- Through: fact_case by customer_key
select fact_row, customer_key
from asked;

-- Question: which rows of fact_receivable are the customer's?
-- Through: fact_receivable by customer_key
select fact_row, customer_key
from asked;

-- Question: which rows of fact_profitability are the customer's?
-- Through: fact_profitability by customer_key
select fact_row, customer_key
from asked;

