create table quarantine.row (
    reject_id bigint,
    run_id bigint, -- digest: false
    feed varchar,
    object varchar,
    file_key bigint, -- digest: false
    file varchar,
    sheet varchar,
    source_row bigint, -- digest: false
    raw varchar,
    row_id decimal(38, 0), -- digest: false
    origin_key bigint, -- digest: false
    is_settled boolean -- digest: false
);

comment on table quarantine.row is 'Rows that broke their contract, kept whole; one row for each rejected row';
comment on column quarantine.row.reject_id is 'names the rejected row: derived from its feed, object and content, counted on where rows are equal';
comment on column quarantine.row.run_id is 'run that set it aside';
comment on column quarantine.row.feed is 'feed it came in with';
comment on column quarantine.row.object is 'schema object of the contract; empty where the row could not be decoded';
comment on column quarantine.row.file_key is 'delivered file or sheet, see meta.delivery';
comment on column quarantine.row.file is 'path as delivered';
comment on column quarantine.row.sheet is 'worksheet; empty where the format has none';
comment on column quarantine.row.source_row is 'line or worksheet row, from 1';
comment on column quarantine.row.raw is 'the row as JSON object of column and text; may be personal';
comment on column quarantine.row.row_id is 'row id that it would have in the ods; null where it has no key that can be read';
comment on column quarantine.row.origin_key is 'first delivered file or sheet that it stands in: that of a mended copy is the file it is a copy of';
comment on column quarantine.row.is_settled is 'true where a later delivery of the feed told the row rightly, or held the whole file again';

create table quarantine.violation (
    reject_id bigint,
    code varchar,
    rule varchar,
    column_name varchar,
    cell varchar, -- digest: false
    reason varchar,
    value varchar
);

comment on table quarantine.violation is 'Rules that a rejected row broke; one row for each rule and column';
comment on column quarantine.violation.reject_id is 'rejected row, see quarantine.row';
comment on column quarantine.violation.code is 'stable number of the rule, explained in docs/errors.md (LS4001)';
comment on column quarantine.violation.rule is 'code of the rule (required, type.date, range)';
comment on column quarantine.violation.column_name is 'source column; empty where the rule is about the whole row';
comment on column quarantine.violation.cell is 'worksheet cell (C12); empty otherwise';
comment on column quarantine.violation.reason is 'what is wrong and what was expected, without the value';
comment on column quarantine.violation.value is 'the offending value; may be personal';

create table quarantine.money (
    reject_id bigint,
    field varchar,
    amount decimal(38, 4)
);

comment on table quarantine.money is 'Amounts of rejected rows that could be read, so that money balances';
comment on column quarantine.money.reject_id is 'rejected row, see quarantine.row';
comment on column quarantine.money.field is 'decimal field of the canonical entity';
comment on column quarantine.money.amount is 'amount in the row';
