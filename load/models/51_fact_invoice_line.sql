-- Question: what was billed and credited?
-- Grain: one line of one invoice or credit note as delivered; a document that tells its total and no lines has one row.
-- Sources: invoice_line, src.invoice_whole, src.invoice_one, src.invoice_seller, src.pursuit_of, src look-ups, idn.source_record.
-- Delta: row_id of ods.invoice_line, src.invoice_whole
-- Rows from: ods.invoice_line, src.invoice_whole

with amounts as (
    select
        row_id,
        source_system,
        invoice_id,
        line_id,
        product_id,
        quantity,
        unit_price,
        tax_amount,
        coalesce(
            line_amount,
            src.amount_told(
                amount_before_discount, quantity, unit_price,
                src.discount_of(
                    discount_amount, discount_percent,
                    src.amount_told(amount_before_discount, quantity, unit_price, 0)
                )
            )
        ) as net_amount,
        currency_code,
        is_currency_assumed,
        false as is_whole_document,
        is_exact_duplicate,
        file_key,
        source_row
    from affected.invoice_line
    where not is_deleted

    union all by name

    select
        row_id,
        source_system,
        invoice_id,
        tax_amount,
        net_amount,
        true as is_whole_document,
        false as is_exact_duplicate,
        file_key,
        source_row
    from affected.invoice_whole
),

-- Systems that write credit notes with positive amounts mean them as negative.
credit as (
    select
        line.source_system,
        line.invoice_id,
        if(sum(line.net_amount) > 0, -1, 1) as factor
    from amounts as line
    semi join (
        select
            source_system,
            invoice_id
        from src.invoice_one
        where is_credit
    ) as document
        on document.source_system = line.source_system and document.invoice_id = line.invoice_id
    group by line.source_system, line.invoice_id
),

-- Lines of a document that was deleted bill nothing.
gone as (
    select distinct
        source_system,
        invoice_id
    from ods.invoice
    where is_deleted and invoice_id is not null
),

line as (
    select
        delivered.row_id,
        delivered.source_system,
        delivered.invoice_id,
        delivered.line_id,
        case when document.is_credit then 'credit_note' when document.row_id is not null then 'invoice' end as document_type,
        document.credited_invoice_id,
        document.order_id,
        document.opportunity_id,
        document.invoiced_on,
        document.due_on,
        coalesce(document.source_customer_key, -1) as source_customer_key,
        delivered.product_id,
        coalesce(seller.employee_key, -2) as employee_key,
        delivered.quantity,
        delivered.unit_price,
        delivered.tax_amount * coalesce(credit.factor, 1) as tax_amount,
        delivered.net_amount * coalesce(credit.factor, 1) as line_amount,
        coalesce(
            if(delivered.is_currency_assumed, null, delivered.currency_code),
            if(document.is_currency_assumed, null, document.currency_code),
            delivered.currency_code,
            document.currency_code,
            param.company_currency
        ) as currency_code,
        param.company_currency,
        document.status as invoice_status,
        delivered.is_whole_document,
        document.row_id is null and gone.invoice_id is not null as is_gone,
        delivered.is_exact_duplicate,
        delivered.file_key as source_file_key,
        delivered.source_row
    from amounts as delivered
    cross join src.param
    left join src.invoice_one as document
        on document.source_system = delivered.source_system and document.invoice_id = delivered.invoice_id
    left join gone on gone.source_system = delivered.source_system and gone.invoice_id = delivered.invoice_id
    left join credit
        on credit.source_system = delivered.source_system and credit.invoice_id = delivered.invoice_id
    left join src.invoice_seller as seller on seller.row_id = document.row_id
)

select
    line.row_id,
    line.source_system,
    line.invoice_id,
    line.line_id,
    line.document_type,
    line.credited_invoice_id,
    line.order_id,
    line.opportunity_id,
    line.invoiced_on,
    line.due_on,
    coalesce(src.day(line.invoiced_on), -1) as invoice_date_key,
    coalesce(src.day(line.due_on), -1) as due_date_key,
    line.source_customer_key,
    coalesce(party.customer_key, -1) as customer_key,
    if(line.is_whole_document, -2, coalesce(product.product_key, -1)) as product_key,
    line.employee_key,
    line.quantity,
    line.unit_price,
    line.tax_amount,
    line.line_amount,
    line.currency_code,
    case
        when line.currency_code = line.company_currency then line.line_amount
        else src.converted(line.line_amount, rate.numerator, rate.denominator)
    end as reporting_amount,
    line.invoice_status,
    coalesce(standing.meaning = 'void', line.is_gone) as is_void,
    line.is_whole_document,
    line.is_exact_duplicate,
    line.source_file_key,
    line.source_row

from line
left join ods.idn.source_record as party on party.source_customer_key = line.source_customer_key
left join warehouse.dim_product as product on product.product_id = line.product_id
left join src.word_meaning as standing on standing.subject = 'invoice_status' and standing.word = line.invoice_status
left join src.rate_day as rate
    on rate.currency_code = line.currency_code and rate.date_key = src.day(line.invoiced_on)
