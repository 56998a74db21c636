-- Question: what is the state of each invoice or credit note?
-- Grain: source system and invoice id; where two feeds of a system tell of one, the newer state counts.
-- Sources: invoice.
-- Rows from: ods.invoice

select
    source_system,
    invoice_id,
    row_id,
    source_customer_key,
    order_id,
    opportunity_id,
    type,
    credited_invoice_id,
    invoiced_on,
    due_on,
    currency_code,
    status

from ods.invoice

where invoice_id is not null and not is_deleted

qualify row_number() over (
    partition by source_system, invoice_id
    order by effective_at desc, row_id
) = 1
