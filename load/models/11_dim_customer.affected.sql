-- Question: which customers may look different now?
-- Grain: customer.
-- Sources: customers whose golden record was made anew: every merge, split, delivered row, contact point
-- and address leads to one; the three that stand for none.

select customer_key from changed.golden

union

select unnest([-1, -2, -3])
