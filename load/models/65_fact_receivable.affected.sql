-- Question: what may be owed otherwise now?
-- Grain: row id of invoice.
-- Sources: delivered invoices and credit notes, and what they credit, also by their order; invoices whose lines or payments changed, or
-- those of their credit notes; invoices whose customer moved; what is open, since it ages, where the version before
-- speaks for another moment; those in a foreign currency that were invoiced, credited or paid
-- since the day of a rate that came.

-- Credit notes count at the rate of their day.
with credit as (
    select
        one.source_system,
        one.order_id,
        one.credited_invoice_id
    from src.invoice_one as one
    cross join src.changed_rate as since
    where one.is_credit and src.day(one.invoiced_on) >= since.date_key
),

of_order as (
    select
        source_system,
        order_id
    from ods.invoice
    where order_id is not null and row_id in (select row_id from changed.invoice)

    union

    select
        source_system,
        order_id
    from ods.invoice_version
    where order_id is not null and row_id in (select row_id from changed.invoice)

    union

    select
        one.source_system,
        one.order_id
    from src.invoice_one as one
    semi join changed.fact_invoice_line using (source_system, invoice_id)
    where one.order_id is not null

    union

    select
        source_system,
        order_id
    from credit
    where order_id is not null
),

named as (
    select
        one.source_system,
        one.invoice_id
    from src.invoice_one as one
    semi join of_order using (source_system, order_id)

    union

    select
        source_system,
        invoice_id
    from changed.fact_invoice_line

    union

    select
        source_system,
        credited_invoice_id
    from changed.fact_invoice_line

    union

    select
        source_system,
        credited_invoice_id
    from credit

    union

    select
        source_system,
        invoice_id
    from changed.fact_payment

    union

    -- Its own earlier or later row may be the newest now.
    select
        source_system,
        unnest([invoice_id, credited_invoice_id])
    from ods.invoice
    where row_id in (select row_id from changed.invoice)

    union

    select
        source_system,
        unnest([invoice_id, credited_invoice_id])
    from ods.invoice_version
    where row_id in (select row_id from changed.invoice)
)

select row_id from changed.invoice

union

select one.row_id
from src.invoice_one as one
semi join named on named.source_system = one.source_system and named.invoice_id = one.invoice_id

union

select owed.row_id
from warehouse.fact_receivable as owed
semi join named on named.source_system = owed.source_system and named.invoice_id = owed.invoice_id

union

select row_id
from warehouse.fact_receivable
where (not is_settled and (select max(as_of) from warehouse.about) is distinct from (select as_of from src.moment))
    or source_customer_key in (select source_customer_key from changed.moved)

union

select fact.row_id
from warehouse.fact_receivable as fact
cross join src.param
cross join src.changed_rate as since
where fact.currency_code <> param.company_currency
    and greatest(fact.invoice_date_key, fact.last_paid_date_key) >= since.date_key
