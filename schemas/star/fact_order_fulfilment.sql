create table main.fact_order_fulfilment (
    fulfilment_key bigint,
    row_id decimal(38, 0),
    source_system varchar,
    order_id varchar,
    fulfilment_id varchar,
    shipment_number bigint,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    product_key bigint,
    campaign_key bigint,
    employee_key bigint,
    touchpoint_key bigint,
    country_code varchar,
    fulfilment_kind varchar,
    fulfilment_status varchar,
    carrier varchar,
    tracking_number varchar,
    serial_number varchar,
    has_licence_key boolean,
    quantity decimal(18, 4),
    ordered_at timestamptz,
    paid_at timestamptz,
    shipped_at timestamptz,
    delivered_at timestamptz,
    ordered_date_key integer,
    paid_date_key integer,
    shipped_date_key integer,
    delivered_date_key integer,
    order_to_pay_days integer,
    order_to_ship_days integer,
    ship_to_deliver_days integer,
    order_to_deliver_days integer,
    progress varchar,
    is_open boolean,
    order_reporting_amount decimal(18, 4),
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_order_fulfilment is 'How far is each order on its way to the customer? Grain: one shipment, download or other fulfilment; an order without any has one row that waits, or gives goods back';
comment on column main.fact_order_fulfilment.fulfilment_key is 'derived from the fulfilment''s row, or the order''s where nothing left yet; the same in every build';
comment on column main.fact_order_fulfilment.row_id is 'identity of the fulfilment''s source row in the ods; the order''s where nothing left yet';
comment on column main.fact_order_fulfilment.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_order_fulfilment.order_id is 'order that is fulfilled, unique within its source system; null for samples and promotional material sent without one';
comment on column main.fact_order_fulfilment.fulfilment_id is 'fulfilment, unique within its source system; null while nothing left';
comment on column main.fact_order_fulfilment.shipment_number is 'fulfilments of the order counted from 1, the earliest first; 1 on the row that waits: count the rows with 1 to count orders';
comment on column main.fact_order_fulfilment.source_customer_key is 'the party as its source system knows it; never changes, also when customers are merged or split; -1 = the row names no customer';
comment on column main.fact_order_fulfilment.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_order_fulfilment.product_key is 'product, see dim_product; -2 = the fulfilment names none, its order''s lines do';
comment on column main.fact_order_fulfilment.campaign_key is 'campaign that sent it or brought the order, see dim_campaign; -2 = none named';
comment on column main.fact_order_fulfilment.employee_key is 'employee who took the order, see dim_employee; -2 = none named';
comment on column main.fact_order_fulfilment.touchpoint_key is 'where the order was placed, see dim_touchpoint; -1 = word not known, -2 = none named';
comment on column main.fact_order_fulfilment.country_code is 'ISO 3166-1 alpha-2 country it goes to';
comment on column main.fact_order_fulfilment.fulfilment_kind is 'shipped, downloaded, sample, promotional, service, returned, or the source''s word where it is not known; null while nothing left';
comment on column main.fact_order_fulfilment.fulfilment_status is 'status word of the source';
comment on column main.fact_order_fulfilment.carrier is 'who carries it';
comment on column main.fact_order_fulfilment.tracking_number is 'number by which the carrier finds it';
comment on column main.fact_order_fulfilment.serial_number is 'serial number of the unit that was sent';
comment on column main.fact_order_fulfilment.has_licence_key is 'true where a licence or login key was handed out; the key itself is kept nowhere';
comment on column main.fact_order_fulfilment.quantity is 'units sent; null where the source tells none';
comment on column main.fact_order_fulfilment.ordered_at is 'when the order was placed';
comment on column main.fact_order_fulfilment.paid_at is 'first payment for the order; null = not yet';
comment on column main.fact_order_fulfilment.shipped_at is 'when it left or was made available; null = not yet';
comment on column main.fact_order_fulfilment.delivered_at is 'when it arrived or was downloaded; null = not yet';
comment on column main.fact_order_fulfilment.ordered_date_key is 'day of ordered_at, see dim_date; -1 = not told, -2 = there is no order';
comment on column main.fact_order_fulfilment.paid_date_key is 'day of paid_at, see dim_date; -3 = not yet';
comment on column main.fact_order_fulfilment.shipped_date_key is 'day of shipped_at, see dim_date; -3 = not yet';
comment on column main.fact_order_fulfilment.delivered_date_key is 'day of delivered_at, see dim_date; -3 = not yet';
comment on column main.fact_order_fulfilment.order_to_pay_days is 'whole days from order to first payment';
comment on column main.fact_order_fulfilment.order_to_ship_days is 'whole days from order to dispatch';
comment on column main.fact_order_fulfilment.ship_to_deliver_days is 'whole days from dispatch to arrival';
comment on column main.fact_order_fulfilment.order_to_deliver_days is 'whole days from order to arrival';
comment on column main.fact_order_fulfilment.progress is 'waiting (nothing left), shipped, delivered, cancelled, or returned (goods that came back, or an order that only gives goods back, so that nothing leaves)';
comment on column main.fact_order_fulfilment.is_open is 'true while it neither arrived nor was cancelled';
comment on column main.fact_order_fulfilment.order_reporting_amount is 'net value of the order''s lines in the company''s currency, on its first fulfilment only so that it adds up; null on the others, without a rate and without order';
comment on column main.fact_order_fulfilment.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_order_fulfilment.source_row is 'line or worksheet row in that file, from 1';
