create table main.dim_currency (
    currency_key bigint,
    currency_code varchar,
    name varchar,
    decimal_places integer,
    is_reporting boolean
);

comment on table main.dim_currency is 'In which currency? One row for each ISO 4217 currency, and for each other code found in the data; facts refer to it by currency_code';
comment on column main.dim_currency.currency_key is 'ISO 4217 number; derived from the code where it has none; -1 unknown, -2 not applicable, -3 not yet happened';
comment on column main.dim_currency.currency_code is 'ISO 4217 three-letter code';
comment on column main.dim_currency.name is 'English name of the currency';
comment on column main.dim_currency.decimal_places is 'digits after the decimal mark that are used in practice';
comment on column main.dim_currency.is_reporting is 'true for the currency of all reporting amounts';
