-- The billing database. A changed customer is a new row of the same number:
-- the one with the greatest updated_at holds. Moments are on the company's clock.
pragma journal_mode = off;
pragma synchronous = off;
pragma page_size = 8192;

create table customers (
    customer_no text not null,
    name text,
    company text,
    address_line text,
    postcode text,
    city text,
    country text,
    email text,
    updated_at text not null
);

create table invoices (
    invoice_no text not null,
    customer_no text,
    opportunity_id text,
    kind text,
    credited_invoice_no text,
    invoiced_on text,
    due_on text,
    total text,
    tax text,
    currency text,
    status text,
    updated_at text not null
);

create table invoice_lines (
    invoice_no text not null,
    line_no integer not null,
    sku text,
    description text,
    quantity integer,
    unit_price text,
    tax text,
    amount text,
    updated_at text not null
);

create table payments (
    payment_no text not null,
    invoice_no text,
    customer_no text,
    amount text,
    currency text,
    method text,
    status text,
    paid_at text,
    updated_at text not null
);
