-- Question: Which invoice lines or payments belong to an invoice that no feed delivered?
-- Severity: warn
-- Grain: source system and invoice.
-- Sources: fact_invoice_line, fact_payment, invoice.
-- Delta: invoice_id of warehouse.fact_invoice_line, warehouse.fact_payment, ods.invoice

with document as (
    select distinct
        source_system,
        invoice_id
    from ods.invoice
    where invoice_id is not null and not is_deleted
)

select distinct
    'fact_invoice_line' as table_name,
    line.source_system,
    line.invoice_id
from warehouse.fact_invoice_line as line
anti join document using (source_system, invoice_id)
where line.invoice_id is not null

union all

select distinct
    'fact_payment' as table_name,
    payment.source_system,
    payment.invoice_id
from warehouse.fact_payment as payment
anti join document using (source_system, invoice_id)
where payment.invoice_id is not null
