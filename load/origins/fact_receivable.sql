-- Question: which delivered row is the invoice?
select
    fact_row,
    'invoice' as part,
    source_file_key as file_key,
    source_row
from asked;

-- Question: which credit notes take from it?
select
    asked.fact_row,
    'credit note' as part,
    credit.file_key,
    credit.source_row
from asked
inner join ods.invoice as credit
    on credit.source_system = asked.source_system
    and (
        credit.credited_invoice_id = asked.invoice_id
        or (credit.credited_invoice_id is null and credit.order_id = asked.order_id and credit.invoice_id <> asked.invoice_id)
    )
where not credit.is_deleted and asked.credited_amount <> 0;

-- Question: what was paid on it, or paid back?
-- Through: fact_payment by row_id
select asked.fact_row, payment.row_id
from asked
inner join warehouse.fact_payment as payment using (source_system, invoice_id)
where not payment.is_failed
