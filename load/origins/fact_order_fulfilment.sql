-- Question: which delivered row tells of the shipment? None where the order still waits for one.
select
    fact_row,
    'fulfilment' as part,
    source_file_key as file_key,
    source_row
from asked
where source_file_key is not null;

-- Question: which delivered row tells of the order? The system's own, else the only one of that id.
select
    asked.fact_row,
    'order' as part,
    placed.file_key,
    placed.source_row
from asked
inner join ods."order" as placed using (order_id)
where not placed.is_deleted
qualify placed.source_system = asked.source_system
    or not bool_or(placed.source_system = asked.source_system) over (partition by asked.fact_row);

-- Question: which payments tell when it was paid?
-- Through: fact_payment by row_id
select asked.fact_row, payment.row_id
from asked
inner join warehouse.fact_payment as payment
    on payment.order_id = asked.order_id and payment.paid_at = asked.paid_at
where not payment.is_refund;

-- Question: which lines is the order worth?
-- Through: fact_order_line by source_system, order_id
select fact_row, source_system, order_id
from asked
where shipment_number = 1 and order_reporting_amount is not null
