create table main.dim_product (
    product_key bigint,
    product_id varchar,
    name varchar,
    brand varchar,
    brand_family varchar,
    category varchar,
    product_line varchar,
    division varchar,
    unit_price decimal(18, 4),
    unit_cost decimal(18, 4),
    currency_code varchar,
    is_download boolean,
    status varchar,
    is_inferred boolean
);

comment on table main.dim_product is 'What is sold? One row for each product id; rolls up product -> brand -> brand family, and product -> category -> product line -> division';
comment on column main.dim_product.product_key is 'derived from the product id alone, so that it is the same in every build; -1 unknown, -2 not applicable, -3 not yet happened';
comment on column main.dim_product.product_id is 'stock keeping unit, the same in all systems';
comment on column main.dim_product.name is 'product as people call it';
comment on column main.dim_product.brand is 'brand on the product';
comment on column main.dim_product.brand_family is 'family of brands above the brand';
comment on column main.dim_product.category is 'kind of product';
comment on column main.dim_product.product_line is 'line of business it belongs to';
comment on column main.dim_product.division is 'division that sells it';
comment on column main.dim_product.unit_price is 'list price of one unit, net, in currency_code';
comment on column main.dim_product.unit_cost is 'cost of one unit, in currency_code';
comment on column main.dim_product.currency_code is 'ISO 4217 code of price and cost';
comment on column main.dim_product.is_download is 'true where it is delivered by download';
comment on column main.dim_product.status is 'status word of the source';
comment on column main.dim_product.is_inferred is 'true where facts name the id but no product feed has described it yet';
