-- Question: which invoice lines may look different now?
-- Grain: row id of invoice_line.
-- Sources: delivered lines; lines of delivered documents; lines whose customer moved; lines in a foreign
-- currency where a rate came.

select row_id from changed.invoice_line

union

select line.row_id
from ods.invoice_line as line
semi join (
    select
        source_system,
        invoice_id
    from ods.invoice
    where row_id in (select row_id from changed.invoice)
        or source_customer_key in (select source_customer_key from changed.moved)

    union

    -- A document may have had another id before.
    select
        source_system,
        invoice_id
    from ods.invoice_version
    where row_id in (select row_id from changed.invoice)
) as document
    on document.source_system = line.source_system and document.invoice_id = line.invoice_id

union

select line.row_id
from ods.invoice_line as line
left join src.invoice_one as document
    on document.source_system = line.source_system and document.invoice_id = line.invoice_id
where exists (select 1 from changed.exchange_rate)
    and coalesce(line.currency_code, document.currency_code) <> (select company_currency from src.param)
