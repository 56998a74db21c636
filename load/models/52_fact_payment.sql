-- Question: what was paid, when, by whom?
-- Grain: one payment or repayment as delivered.
-- Sources: payment, src.invoice_one, src.order_ref, src.order_one, src look-ups, idn.source_record.
-- Delta: payment.row_id

with paid as (
    select
        payment.row_id,
        payment.source_system,
        payment.payment_id,
        payment.invoice_id,
        coalesce(payment.order_id, document.order_id) as order_id,
        payment.paid_at,
        coalesce(
            payment.source_customer_key, document.source_customer_key, header.source_customer_key, -1
        ) as source_customer_key,
        payment.method,
        payment.status,
        payment.amount,
        coalesce(
            payment.currency_code, document.currency_code, header.currency_code, param.company_currency
        ) as currency_code,
        param.company_currency,
        payment.is_exact_duplicate,
        payment.file_key as source_file_key,
        payment.source_row
    from src.payment
    cross join src.param
    left join src.invoice_one as document
        on document.source_system = payment.source_system and document.invoice_id = payment.invoice_id
    left join src.order_ref as ref
        on ref.source_system = payment.source_system
        and ref.order_id = coalesce(payment.order_id, document.order_id)
    left join src.order_one as header
        on header.row_id = ref.order_row_id
    where not payment.is_deleted
)

select
    paid.row_id,
    paid.source_system,
    paid.payment_id,
    paid.invoice_id,
    paid.order_id,
    paid.paid_at,
    coalesce(slot.date_key, -1) as paid_date_key,
    paid.source_customer_key,
    coalesce(party.customer_key, -1) as customer_key,
    paid.method,
    paid.status,
    paid.amount,
    paid.currency_code,
    case
        when paid.currency_code = paid.company_currency then paid.amount
        else src.converted(paid.amount, rate.numerator, rate.denominator)
    end as reporting_amount,
    paid.is_exact_duplicate,
    paid.source_file_key,
    paid.source_row

from paid
left join src.time_slot as slot on slot.slot = src.slot(paid.paid_at)
left join ods.idn.source_record as party on party.source_customer_key = paid.source_customer_key
left join src.rate_day as rate
    on rate.currency_code = paid.currency_code and rate.date_key = slot.date_key
