-- Question: which customers may have other months now?
-- Grain: customer.
-- Sources: customers whose facts changed in this run, before or after; those whose golden record was made anew,
-- since a customer that is no more has none.

select customer_key from changed.fact_customer

union

select customer_key from changed.golden
