-- Question: which sales person does a billed document belong to?
-- Grain: one document of src.invoice_one that an order, a pursuit or an account tells of.
-- Sources: src.invoice_one, src.order_ref, src.order_one, src.pursuit_of, src.pursuit, dim_account.
-- Rows from: src.invoice_one

-- A customer with accounts of several sales people is nobody's.
with owner as (
    select
        source_customer_key,
        min(employee_key) as employee_key
    from warehouse.dim_account
    where employee_key > 0 and source_customer_key > 0
    group by source_customer_key
    having count(distinct employee_key) = 1
),

seller as (
    select
        employee_key,
        row_id
    from src.order_one
    where employee_key > 0
),

deal as (
    select
        pursuit_of.source_system,
        pursuit_of.id as opportunity_id,
        pursuit.employee_key
    from src.pursuit_of
    inner join src.pursuit using (pursuit_key)
    where pursuit_of.entity = 'opportunity' and pursuit.employee_key > 0
)

select
    document.row_id,
    document.source_system,
    document.invoice_id,
    coalesce(seller.employee_key, deal.employee_key, owner.employee_key) as employee_key

from src.invoice_one as document
left join src.order_ref as ref
    on ref.source_system = document.source_system and ref.order_id = document.order_id
left join seller on seller.row_id = ref.order_row_id
left join deal
    on deal.source_system = document.source_system and deal.opportunity_id = document.opportunity_id
left join owner on owner.source_customer_key = document.source_customer_key

where coalesce(seller.employee_key, deal.employee_key, owner.employee_key) is not null
