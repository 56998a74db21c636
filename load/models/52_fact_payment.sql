-- Question: what was paid or given back, when, by whom?
-- Grain: one payment, repayment or refund as delivered; refunds without an amount are left out.
-- Sources: payment, src.refund, src.invoice_one, src.order_ref, src.order_one, src look-ups, idn.source_record.
-- Delta: row_id of ods.payment, src.refund
-- Rows from: ods.payment, src.refund

with told as (
    select
        row_id,
        source_system,
        payment_id,
        cast(null as varchar) as refund_id,
        invoice_id,
        order_id,
        source_customer_key,
        paid_at,
        method,
        status,
        cast(null as varchar) as reason,
        amount,
        currency_code,
        coalesce(is_currency_assumed, false) as is_currency_assumed,
        false as is_refund,
        is_exact_duplicate,
        file_key,
        source_row
    from affected.payment
    where not is_deleted

    union all by name

    select
        row_id,
        source_system,
        payment_id,
        refund_id,
        invoice_id,
        order_id,
        source_customer_key,
        "at" as paid_at,
        method,
        status,
        reason,
        amount,
        currency_code,
        is_currency_assumed,
        true as is_refund,
        is_exact_duplicate,
        file_key,
        source_row
    from affected.refund
),

paid as (
    select
        told.* exclude (order_id, source_customer_key, currency_code, is_currency_assumed),
        coalesce(told.order_id, document.order_id) as order_id,
        coalesce(
            told.source_customer_key, document.source_customer_key, header.source_customer_key, -1
        ) as source_customer_key,
        coalesce(
            if(told.is_currency_assumed, null, told.currency_code),
            if(document.is_currency_assumed, null, document.currency_code),
            if(header.is_currency_assumed, null, header.currency_code),
            told.currency_code,
            document.currency_code,
            header.currency_code,
            param.company_currency
        ) as currency_code,
        param.company_currency
    from told
    cross join src.param
    left join src.invoice_one as document
        on document.source_system = told.source_system and document.invoice_id = told.invoice_id
    left join src.order_ref as ref
        on ref.source_system = told.source_system
        and ref.order_id = coalesce(told.order_id, document.order_id)
    left join src.order_one as header
        on header.row_id = ref.order_row_id
)

select
    paid.row_id,
    paid.source_system,
    paid.payment_id,
    paid.refund_id,
    paid.invoice_id,
    paid.order_id,
    paid.paid_at,
    coalesce(slot.date_key, -1) as paid_date_key,
    paid.source_customer_key,
    coalesce(party.customer_key, -1) as customer_key,
    paid.method,
    paid.status,
    paid.reason,
    paid.amount,
    paid.currency_code,
    case
        when paid.currency_code = paid.company_currency then paid.amount
        else src.converted(paid.amount, rate.numerator, rate.denominator)
    end as reporting_amount,
    paid.is_refund,
    coalesce(status.is_failed, false) as is_failed,
    paid.is_exact_duplicate,
    paid.file_key as source_file_key,
    paid.source_row

from paid
left join src.time_slot as slot on slot.slot = src.slot(paid.paid_at)
left join ods.idn.source_record as party on party.source_customer_key = paid.source_customer_key
left join src.payment_word as status on status.source_system = paid.source_system and status.word = paid.status
left join src.rate_day as rate
    on rate.currency_code = paid.currency_code and rate.date_key = slot.date_key
