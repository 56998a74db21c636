create table main.about (
    as_of timestamptz, -- digest: false
    run_id bigint, -- digest: false
    company_time_zone varchar,
    company_currency varchar,
    fiscal_year_start integer,
    feed_count bigint,
    delivery_count bigint,
    late_feed_count bigint, -- digest: false
    late_feeds varchar, -- digest: false
    quarantined_row_count bigint,
    warning_count bigint, -- digest: false
    warnings varchar -- digest: false
);

comment on table main.about is 'What is this file, what moment does it speak for, and what should be known before trusting it? One row';
comment on column main.about.as_of is 'moment the warehouse speaks for; "today" of every figure';
comment on column main.about.run_id is 'run that built this version, see meta.run';
comment on column main.about.company_time_zone is 'IANA zone in which days are cut';
comment on column main.about.company_currency is 'ISO 4217 code of all reporting amounts';
comment on column main.about.fiscal_year_start is 'month in which the fiscal year begins, 1 to 12';
comment on column main.about.feed_count is 'feeds that delivered at least once';
comment on column main.about.delivery_count is 'files and pulls delivered so far, also those that brought nothing new';
comment on column main.about.late_feed_count is 'feeds whose last delivery is older, seen from as_of, than twice their usual gap';
comment on column main.about.late_feeds is 'their names, separated by comma';
comment on column main.about.quarantined_row_count is 'rows set aside because they broke their contract, in all runs';
comment on column main.about.warning_count is 'checks with severity warn that found rows';
comment on column main.about.warnings is 'what those checks ask, one a line, with the number of rows';
