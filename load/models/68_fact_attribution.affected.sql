-- Question: which customers' sales may be shared out in another way now?
-- Grain: customer.
-- Sources: customers whose orders, won pursuits, web sessions, campaign answers or touches of a campaign changed in this
-- run, before or after; those whose golden record was made anew, since a customer that is no more has none.

select customer_key
from changed.fact_customer
where fact in ('fact_order_line', 'fact_online_funnel', 'fact_campaign_member')

union

select customer_key
from changed.fact_pipeline
where is_won

union

select customer_key
from changed.fact_touch
where campaign_key <> -2

union

select customer_key from changed.golden
