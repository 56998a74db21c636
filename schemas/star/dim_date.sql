create table main.dim_date (
    date_key integer,
    date date,
    year integer,
    quarter integer,
    month integer,
    month_name varchar,
    iso_year integer,
    iso_week integer,
    day_of_month integer,
    day_of_week integer,
    day_name varchar,
    is_weekend boolean,
    is_holiday boolean,
    is_business_day boolean,
    year_month varchar,
    year_quarter varchar,
    fiscal_year integer,
    fiscal_quarter integer,
    fiscal_month integer,
    fiscal_year_quarter varchar
);

comment on table main.dim_date is 'Calendar of the company with its fiscal year: one row for each day that any fact can refer to; keys -1 unknown, -2 not applicable, -3 not yet happened';
comment on column main.dim_date.date_key is 'the day as a number, yyyymmdd';
comment on column main.dim_date.date is 'the day itself, for date arithmetic';
comment on column main.dim_date.year is 'calendar year';
comment on column main.dim_date.quarter is 'calendar quarter, 1 to 4';
comment on column main.dim_date.month is 'calendar month, 1 to 12';
comment on column main.dim_date.month_name is 'English name of the calendar month';
comment on column main.dim_date.iso_year is 'year of the ISO 8601 week, differs from the calendar year around new year';
comment on column main.dim_date.iso_week is 'ISO 8601 week, 1 to 53, begins on Monday';
comment on column main.dim_date.day_of_month is '1 to 31';
comment on column main.dim_date.day_of_week is '1 = Monday to 7 = Sunday';
comment on column main.dim_date.day_name is 'English name of the weekday';
comment on column main.dim_date.is_weekend is 'true on Saturday and Sunday';
comment on column main.dim_date.is_holiday is 'true on the days off that the settings list (business_hours.holidays)';
comment on column main.dim_date.is_business_day is 'true on the weekdays on which the company answers (settings, else Monday to Friday), holidays left out';
comment on column main.dim_date.year_month is 'calendar month to group by, 2026-03';
comment on column main.dim_date.year_quarter is 'calendar quarter to group by, 2026-Q1';
comment on column main.dim_date.fiscal_year is 'fiscal year, named after the calendar year it ends in';
comment on column main.dim_date.fiscal_quarter is 'quarter of the fiscal year, 1 to 4';
comment on column main.dim_date.fiscal_month is 'month of the fiscal year, 1 to 12';
comment on column main.dim_date.fiscal_year_quarter is 'fiscal quarter to group by, FY2026-Q1';
