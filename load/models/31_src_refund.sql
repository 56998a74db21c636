-- Question: which refunds moved money, and what is known of the payments that they give back?
-- Grain: refund row that has an amount. Where two feeds of a system tell of one refund (why, and how much),
-- the reason is of either.
-- Sources: refund, payment.
-- Rows from: ods.refund

with told as (
    select
        *,
        max(reason) over (partition by source_system, coalesce(refund_id, cast(row_id as varchar))) as reason_of_any
    from ods.refund
    where not is_deleted
),

given_back as (
    select *
    from ods.payment
    semi join told using (source_system, payment_id)
    where not is_deleted
    qualify row_number() over (partition by source_system, payment_id order by effective_at desc, row_id) = 1
)

select
    told.row_id,
    told.source_system,
    told.refund_id,
    told.payment_id,
    coalesce(told.invoice_id, given_back.invoice_id) as invoice_id,
    coalesce(told.order_id, given_back.order_id) as order_id,
    coalesce(told.source_customer_key, given_back.source_customer_key) as source_customer_key,
    coalesce(told.method, given_back.method) as method,
    told.status,
    -abs(told.amount) as amount,
    coalesce(
        if(told.is_currency_assumed, null, told.currency_code),
        if(given_back.is_currency_assumed, null, given_back.currency_code),
        told.currency_code,
        given_back.currency_code
    ) as currency_code,
    coalesce(told.is_currency_assumed, told.currency_code is null)
        and coalesce(given_back.is_currency_assumed, given_back.currency_code is null) as is_currency_assumed,
    told.reason_of_any as reason,
    told."at",
    told.is_exact_duplicate,
    told.file_key,
    told.source_row

from told
left join given_back
    on given_back.source_system = told.source_system and given_back.payment_id = told.payment_id

where told.amount is not null
