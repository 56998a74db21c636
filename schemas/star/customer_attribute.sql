create table main.customer_attribute (
    customer_key bigint, -- digest: false
    attribute_name varchar,
    attribute_value varchar,
    source_system varchar
);

comment on table main.customer_attribute is 'What else do the sources tell of a customer? One row for each customer and attribute that customer_attributes in loadstar.yaml names; the view customer_profile has them as columns';
comment on column main.customer_attribute.customer_key is 'the deduplicated customer, see dim_customer';
comment on column main.customer_attribute.attribute_name is 'column as the source delivers it';
comment on column main.customer_attribute.attribute_value is 'value of the newest record that tells it, as text';
comment on column main.customer_attribute.source_system is 'system that tells it';
