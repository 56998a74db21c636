-- Question: what is the state of each invoice or credit note?
-- Grain: source system and invoice id; where two feeds of a system tell of one, the newer state counts.
-- Sources: invoice, src.word_meaning.
-- Rows from: ods.invoice

with told as not materialized (
    select *
    from ods.invoice
    where invoice_id is not null and not is_deleted
),

-- Few invoices are told twice: only these are sorted.
twice as (
    select
        source_system,
        invoice_id
    from told
    group by source_system, invoice_id
    having count(*) > 1
),

older as (
    select told.row_id
    from told
    semi join twice using (source_system, invoice_id)
    qualify row_number() over (
        partition by told.source_system, told.invoice_id
        order by told.effective_at desc, told.row_id
    ) > 1
)

select
    told.source_system,
    told.invoice_id,
    told.row_id,
    told.source_customer_key,
    told.order_id,
    told.opportunity_id,
    told.type,
    -- What is negative, or names the invoice that it corrects, gives money back, whatever its source calls it.
    coalesce(kind.meaning = 'credit note', false)
        or coalesce(told.total_amount < 0, false)
        or (kind.meaning is null and coalesce(told.credited_invoice_id <> told.invoice_id, false)) as is_credit,
    told.credited_invoice_id,
    told.invoiced_on,
    told.due_on,
    told.currency_code,
    coalesce(told.is_currency_assumed, false) as is_currency_assumed,
    told.total_amount,
    told.tax_amount,
    told.status,
    told.file_key,
    told.source_row

from told
left join src.word_meaning as kind on kind.subject = 'invoice_type' and kind.word = told.type
anti join older on older.row_id = told.row_id
