-- Question: what do we know of each customer, all in one row?
-- Grain: customer.
-- Sources: dim_customer, customer_overview, fact_subscription, kpi_rfm, dim_employee, about.

with today as (
    select cast(timezone(company_time_zone, as_of) as date) as today
    from about
),

customer as (
    select *
    from dim_customer
    left join (
        select * exclude (display_name, party_type, country_code)
        from customer_overview
    ) as overview using (customer_key)
    where customer_key > 0
),

running as (
    select
        customer_key,
        count(*) as subscription_count,
        sum(reporting_amount) as subscription_amount
    from fact_subscription
    where is_running
    group by customer_key
)

select
    customer.customer_key,
    customer.display_name,
    customer.party_type,
    customer.email,
    customer.phone,
    customer.postcode,
    customer.city,
    customer.country_code,
    customer.is_opted_out,
    customer.is_deleted,
    customer.source_systems,
    customer.source_record_count,
    customer.household_key,
    coalesce(employee.name, employee.employee_id) as contact_person,
    employee.team as contact_team,
    employee.division as contact_division,
    coalesce(customer.order_count, 0) as order_count,
    customer.ordered_amount,
    customer.invoiced_amount,
    customer.paid_amount,
    customer.receivable_amount,
    customer.overdue_amount,
    coalesce(customer.stated_margin_amount, customer.order_margin_amount) as margin_amount,
    first_day."date" as first_ordered_on,
    last_day."date" as last_ordered_on,
    cast(date_diff('day', last_day."date", today.today) as integer) as days_since_order,
    rfm.recency_score,
    rfm.frequency_score,
    rfm.monetary_score,
    rfm.segment,
    coalesce(customer.pursuit_count, 0) as pursuit_count,
    coalesce(customer.open_pursuit_count, 0) as open_pursuit_count,
    customer.open_pursuit_amount,
    coalesce(customer.won_count, 0) as won_count,
    customer.won_amount,
    coalesce(customer.touch_count, 0) as touch_count,
    coalesce(customer.two_way_count, 0) as two_way_count,
    last_touch."date" as last_touched_on,
    spoken."date" as last_spoken_on,
    cast(date_diff('day', spoken."date", today.today) as integer) as days_since_spoken,
    coalesce(customer.campaign_count, 0) as campaign_count,
    coalesce(customer.response_count, 0) as response_count,
    coalesce(customer.session_count, 0) as session_count,
    coalesce(customer.case_count, 0) as case_count,
    coalesce(customer.open_case_count, 0) as open_case_count,
    coalesce(running.subscription_count, 0) as subscription_count,
    running.subscription_amount

from customer
left join running on running.customer_key = customer.customer_key
left join kpi_rfm as rfm on rfm.customer_key = customer.customer_key
left join dim_employee as employee on employee.employee_key = if(customer.employee_key > 0, customer.employee_key, null)
left join dim_date as first_day on first_day.date_key = customer.first_order_date_key
left join dim_date as last_day on last_day.date_key = customer.last_order_date_key
left join dim_date as last_touch on last_touch.date_key = customer.last_touch_date_key
left join dim_date as spoken on spoken.date_key = customer.last_two_way_date_key
cross join today
