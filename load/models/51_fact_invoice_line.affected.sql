-- Question: which invoice lines may look different now?
-- Grain: row id of invoice_line, or of a document that tells no lines.
-- Sources: delivered lines, with all lines of a credit note, whose sum tells their sign; lines of delivered
-- documents; lines whose customer moved; lines of documents whose order, pursuit or account may name another sales
-- person, or name one who is described now, or no longer; lines in a foreign currency from the day of a rate that came.

with header as (
    -- An order of another system is found by its id alone.
    select order_id
    from ods."order"
    where row_id in (select row_id from changed."order")

    union

    select order_id
    from ods.order_version
    where row_id in (select row_id from changed."order")
),

touched as (
    select
        source_system,
        invoice_id
    from ods.invoice_line
    where row_id in (select row_id from changed.invoice_line)

    union all

    select
        source_system,
        invoice_id
    from warehouse.fact_invoice_line
    where row_id in (select row_id from changed.invoice_line)
),

account as (
    select source_customer_key
    from ods.account
    where row_id in (select row_id from changed.account)

    union

    select source_customer_key
    from ods.account_version
    where row_id in (select row_id from changed.account)
),

document as (
    select
        source_system,
        invoice_id
    from ods.invoice
    where row_id in (select row_id from changed.invoice)
        or source_customer_key in (select source_customer_key from changed.moved)
        or source_customer_key in (select source_customer_key from account)
        or order_id in (select order_id from header)
        or (
            opportunity_id is not null
            and (
                exists (select 1 from changed.opportunity)
                or exists (select 1 from changed.lead)
                or exists (select 1 from changed.employee)
            )
        )

    union

    -- A document may have had another id before.
    select
        source_system,
        invoice_id
    from ods.invoice_version
    where row_id in (select row_id from changed.invoice)

    union

    select
        touched.source_system,
        touched.invoice_id
    from touched
    semi join (
        select
            source_system,
            invoice_id
        from src.invoice_one
        where is_credit
    ) as credit
        on credit.source_system = touched.source_system and credit.invoice_id = touched.invoice_id
)

select row_id from changed.invoice_line

union

select line.row_id
from ods.invoice_line as line
semi join document
    on document.source_system = line.source_system and document.invoice_id = line.invoice_id

union

-- What told no lines may tell some now, and the other way round.
select one.row_id
from ods.invoice as one
semi join (
    select * from document
    union all
    select * from touched
) as named
    on named.source_system = one.source_system and named.invoice_id = one.invoice_id

union

select row_id from changed.invoice

union

select fact.row_id
from warehouse.fact_invoice_line as fact
cross join src.param
cross join src.changed_rate as since
where fact.currency_code <> param.company_currency and fact.invoice_date_key >= since.date_key

union

select fact.row_id
from warehouse.fact_invoice_line as fact
inner join src.invoice_seller as seller
    on seller.source_system = fact.source_system and seller.invoice_id = fact.invoice_id
where fact.employee_key <> seller.employee_key
