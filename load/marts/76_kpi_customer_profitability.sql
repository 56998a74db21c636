-- Question: what is left of each customer's orders once the goods are paid for?
-- Grain: customer with a margin: reported by finance, or told by orders of products with a cost.
-- Sources: customer_overview, dim_employee.

select
    overview.customer_key,
    overview.display_name,
    coalesce(employee.division, '(none)') as division,
    coalesce(employee.department, '(none)') as department,
    coalesce(employee.team, '(none)') as team,
    if(overview.employee_key > 0, coalesce(employee.name, employee.employee_id), '(none)') as sales_person,
    overview.ordered_amount,
    overview.invoiced_amount,
    overview.costed_order_amount,
    overview.order_margin_amount,
    overview.stated_margin_amount,
    coalesce(overview.stated_margin_amount, overview.order_margin_amount) as margin_amount,
    case
        when overview.costed_order_amount > 0
            then try_cast(overview.order_margin_amount / overview.costed_order_amount as decimal(18, 6))
    end as order_margin_share,
    case
        when overview.ordered_amount > 0
            then try_cast(coalesce(overview.costed_order_amount, 0) / overview.ordered_amount as decimal(18, 6))
    end as cost_coverage

from customer_overview as overview
left join dim_employee as employee using (employee_key)

where overview.customer_key > 0
    and coalesce(overview.stated_margin_amount, overview.order_margin_amount) is not null
