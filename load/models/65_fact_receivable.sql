-- Question: who owes us what, and since when?
-- Grain: one invoice, credit notes and void documents left out, with what was credited and paid on it.
-- Sources: src.invoice_one, fact_invoice_line, fact_payment, src look-ups, idn.source_record.
-- Delta: row_id of src.invoice_one
-- Parts: 1000000
-- Rows from: src.invoice_one

-- What the lines add up to is asked of documents that state no total only.
with untold as (
    select
        source_system,
        invoice_id
    from affected.invoice_one
    where total_amount is null

    union all

    select
        source_system,
        invoice_id
    from src.invoice_one
    where is_credit and total_amount is null
),

billed as (
    select
        line.source_system,
        line.invoice_id,
        sum(line.line_amount + coalesce(line.tax_amount, 0)) as amount
    from warehouse.fact_invoice_line as line
    semi join untold using (source_system, invoice_id)
    group by line.source_system, line.invoice_id
),

-- A credit note that names an order but no invoice is of the one invoice of that order.
of_order as (
    select
        source_system,
        order_id,
        min(invoice_id) as invoice_id
    from src.invoice_one
    where not is_credit and order_id is not null
    group by source_system, order_id
    having count(*) = 1
),

credit as (
    select
        credit.source_system,
        coalesce(credit.credited_invoice_id, of_order.invoice_id) as invoice_id,
        credit.invoiced_on,
        if(credit.is_currency_assumed, null, credit.currency_code) as currency_code,
        abs(cast(coalesce(credit.total_amount, billed.amount) as decimal(18, 4))) as amount
    from src.invoice_one as credit
    left join of_order on of_order.source_system = credit.source_system and of_order.order_id = credit.order_id
    left join billed on billed.source_system = credit.source_system and billed.invoice_id = credit.invoice_id
    left join src.word_meaning as status on status.subject = 'invoice_status' and status.word = credit.status
    where credit.is_credit and status.meaning is distinct from 'void'
),

-- A credit note in another currency than its invoice counts at the rates of its day.
exchanged as (
    select
        credit.* exclude (currency_code),
        param.company_currency,
        coalesce(one.currency_code, param.company_currency) as to_currency_code,
        case
            when one.is_currency_assumed then coalesce(one.currency_code, param.company_currency)
            else coalesce(credit.currency_code, one.currency_code, param.company_currency)
        end as currency_code,
        src.day(coalesce(credit.invoiced_on, one.invoiced_on)) as date_key
    from credit
    cross join src.param
    inner join src.invoice_one as one
        on one.source_system = credit.source_system and one.invoice_id = credit.invoice_id
),

credited as (
    select
        exchanged.source_system,
        exchanged.invoice_id,
        sum(
            case
                when exchanged.currency_code = exchanged.to_currency_code then exchanged.amount
                when exchanged.currency_code = exchanged.company_currency
                    then src.converted(exchanged.amount, there.denominator, there.numerator)
                when exchanged.to_currency_code = exchanged.company_currency
                    then src.converted(exchanged.amount, here.numerator, here.denominator)
                else src.converted(
                    src.converted(exchanged.amount, here.numerator, here.denominator), there.denominator, there.numerator
                )
            end
        ) as amount
    from exchanged
    left join src.rate_day as here
        on here.currency_code = if(exchanged.currency_code = exchanged.to_currency_code, null, exchanged.currency_code)
        and here.date_key = exchanged.date_key
    left join src.rate_day as there
        on there.currency_code = if(exchanged.currency_code = exchanged.to_currency_code, null, exchanged.to_currency_code)
        and there.date_key = exchanged.date_key
    group by exchanged.source_system, exchanged.invoice_id
),

document as (
    select
        one.*,
        cast(coalesce(one.total_amount, billed.amount) as decimal(18, 4)) as amount,
        status.meaning as standing
    from affected.invoice_one as one
    left join billed on billed.source_system = one.source_system and billed.invoice_id = one.invoice_id
    left join src.word_meaning as status on status.subject = 'invoice_status' and status.word = one.status
    where not one.is_credit and status.meaning is distinct from 'void'
),

-- What was paid in another currency than the invoice's counts at the rates of its day.
money as (
    select
        payment.source_system,
        payment.invoice_id,
        payment.is_refund,
        payment.paid_date_key,
        case
            when one.is_currency_assumed or payment.currency_code = coalesce(one.currency_code, param.company_currency)
                then payment.amount
            when coalesce(one.currency_code, param.company_currency) = param.company_currency then payment.reporting_amount
            else src.converted(payment.reporting_amount, rate.denominator, rate.numerator)
        end as amount
    from warehouse.fact_payment as payment
    cross join src.param
    inner join affected.invoice_one as one
        on one.source_system = payment.source_system and one.invoice_id = payment.invoice_id
    left join src.rate_day as rate
        on rate.currency_code = one.currency_code and rate.date_key = payment.paid_date_key
    where not payment.is_failed
),

paid as (
    select
        source_system,
        invoice_id,
        sum(amount) filter (where not is_refund) as amount,
        -sum(amount) filter (where is_refund) as refunded_amount,
        max(paid_date_key) filter (where paid_date_key > 0 and not is_refund) as last_paid_date_key
    from money
    group by source_system, invoice_id
),

owed as (
    select
        document.*,
        coalesce(credited.amount, 0) as credited_amount,
        coalesce(paid.amount, 0) - coalesce(paid.refunded_amount, 0) as paid_amount,
        coalesce(paid.refunded_amount, 0) as refunded_amount,
        paid.last_paid_date_key,
        coalesce(document.currency_code, param.company_currency) as money_currency_code,
        param.company_currency,
        -- A source that says paid is believed, though its payments may not be delivered.
        case
            when document.standing = 'paid' and paid.amount is null then 0
            -- What is refunded is no longer owed, with or without a credit note, but for what was paid too much.
            else document.amount
                - greatest(
                    coalesce(credited.amount, 0),
                    coalesce(paid.refunded_amount, 0) - greatest(coalesce(paid.amount, 0) - document.amount, 0)
                )
                - coalesce(paid.amount, 0)
                + coalesce(paid.refunded_amount, 0)
        end as open_amount,
        today.date as as_of_date
    from document
    cross join src.param
    cross join src.moment
    inner join src.time_slot as as_of on as_of.slot = src.slot(moment.as_of)
    inner join warehouse.dim_date as today on today.date_key = as_of.date_key
    left join credited on credited.source_system = document.source_system and credited.invoice_id = document.invoice_id
    left join paid on paid.source_system = document.source_system and paid.invoice_id = document.invoice_id
),

aged as (
    select
        *,
        case
            when open_amount > 0 then greatest(as_of_date - coalesce(due_on, invoiced_on), 0)
            else 0
        end as overdue_days
    from owed
)

select
    aged.row_id,
    aged.source_system,
    aged.invoice_id,
    aged.order_id,
    coalesce(aged.source_customer_key, -1) as source_customer_key,
    coalesce(party.customer_key, -1) as customer_key,
    aged.invoiced_on,
    aged.due_on,
    coalesce(src.day(aged.invoiced_on), -1) as invoice_date_key,
    coalesce(src.day(aged.due_on), -1) as due_date_key,
    aged.amount as invoiced_amount,
    cast(aged.credited_amount as decimal(18, 4)) as credited_amount,
    cast(aged.paid_amount as decimal(18, 4)) as paid_amount,
    cast(aged.refunded_amount as decimal(18, 4)) as refunded_amount,
    cast(aged.open_amount as decimal(18, 4)) as open_amount,
    aged.money_currency_code as currency_code,
    case
        when aged.money_currency_code = aged.company_currency then cast(aged.open_amount as decimal(18, 4))
        else src.converted(cast(aged.open_amount as decimal(18, 4)), rate.numerator, rate.denominator)
    end as reporting_open_amount,
    coalesce(aged.last_paid_date_key, -3) as last_paid_date_key,
    coalesce(aged.overdue_days, 0) as overdue_days,
    case
        when aged.open_amount <= 0 then 'settled'
        when coalesce(aged.overdue_days, 0) = 0 then 'not due'
        when aged.overdue_days <= 30 then '1-30 days'
        when aged.overdue_days <= 60 then '31-60 days'
        when aged.overdue_days <= 90 then '61-90 days'
        else 'over 90 days'
    end as ageing_bucket,
    coalesce(aged.open_amount <= 0, false) as is_settled,
    coalesce(aged.open_amount > 0 and aged.overdue_days > 0, false) as is_overdue,
    aged.file_key as source_file_key,
    aged.source_row

from aged
left join ods.idn.source_record as party on party.source_customer_key = aged.source_customer_key
left join src.rate_day as rate
    on rate.currency_code = aged.money_currency_code and rate.date_key = src.day(aged.invoiced_on)
