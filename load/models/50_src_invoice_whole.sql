-- Question: which documents tell what they come to, and none of their lines?
-- Grain: one document of src.invoice_one with a total.
-- Sources: src.invoice_one, invoice_line.
-- Rows from: src.invoice_one

select
    one.row_id,
    one.source_system,
    one.invoice_id,
    -- Tax has the sign of its document, whichever its source gives it.
    cast(sign(one.total_amount) * abs(one.tax_amount) as decimal(18, 4)) as tax_amount,
    cast(
        one.total_amount - coalesce(sign(one.total_amount) * abs(one.tax_amount), 0) as decimal(18, 4)
    ) as net_amount,
    one.file_key,
    one.source_row

from src.invoice_one as one
anti join (
    select
        source_system,
        invoice_id
    from ods.invoice_line
    where not is_deleted
) as line
    on line.source_system = one.source_system and line.invoice_id = one.invoice_id

where one.total_amount is not null
