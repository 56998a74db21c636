-- Question: which customers' sales may be shared out in another way now?
-- Grain: customer.
-- Sources: customers whose sales or touches changed in this run, before or after; those whose golden record was made anew,
-- since a customer that is no more has none.

select customer_key
from changed.fact_customer
where fact in ('fact_order_line', 'fact_pipeline', 'fact_online_funnel', 'fact_campaign_member', 'fact_touch')

union

select customer_key from changed.golden
