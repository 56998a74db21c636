create view main.kpi_receivables (
    breakdown varchar,
    member varchar,
    period_kind varchar,
    period varchar,
    ageing_bucket varchar,
    invoice_count bigint,
    open_amount decimal(38, 4),
    overpaid_amount decimal(38, 4),
    overdue_count bigint,
    overdue_amount decimal(38, 4),
    member_open_amount decimal(38, 4),
    open_share decimal(18, 6)
);

comment on view main.kpi_receivables is 'How much are we owed, and how long overdue is it? Formula: open_amount / member_open_amount. Grain: breakdown, member, ageing bucket as of now, and period in which it was invoiced';
comment on column main.kpi_receivables.breakdown is 'what members are: all, party type, country, or division, department, team and sales person of the latest touch; take one';
comment on column main.kpi_receivables.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_receivables.period_kind is 'how long the period is: all, year, fiscal quarter, quarter or month; add up rows of one kind only';
comment on column main.kpi_receivables.period is '2026, FY2026-Q1, 2026-Q1 or 2026-03; (all) for all time';
comment on column main.kpi_receivables.ageing_bucket is 'settled, not due, 1-30 days, 31-60 days, 61-90 days or over 90 days overdue';
comment on column main.kpi_receivables.invoice_count is 'invoices';
comment on column main.kpi_receivables.open_amount is 'what is open on them, in the company''s currency; numerator';
comment on column main.kpi_receivables.overpaid_amount is 'what was paid or credited beyond what was billed, negative; not taken off open_amount';
comment on column main.kpi_receivables.overdue_count is 'of those, invoices past their due date with something open';
comment on column main.kpi_receivables.overdue_amount is 'what is open on them';
comment on column main.kpi_receivables.member_open_amount is 'what the member owes in all buckets; denominator';
comment on column main.kpi_receivables.open_share is 'open_amount / member_open_amount; null where nothing is owed';
