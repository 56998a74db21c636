-- Question: what do the sources tell of each customer beside its fields?
-- Grain: customer with at least one promoted attribute.
-- Sources: customer_attribute, whose names become the columns.
create or replace view warehouse.main.customer_profile as
select
    customer_key{columns}
from warehouse.main.customer_attribute
group by customer_key
