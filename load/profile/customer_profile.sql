-- Question: what do the sources tell of each customer beside its fields?
-- Grain: customer with at least one promoted attribute.
-- Sources: customer_attribute, whose names become the columns.
select
    customer_key{columns}
from customer_attribute
group by customer_key
