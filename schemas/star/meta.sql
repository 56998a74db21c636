create table meta.run (
    run_id bigint,
    parent_run_id bigint,
    as_of timestamptz,
    started_at timestamptz,
    finished_at timestamptz,
    is_full boolean,
    company_time_zone varchar,
    company_currency varchar,
    fiscal_year_start integer,
    config_hash varchar,
    program_version varchar
);

comment on table meta.run is 'One row for each run that led to this version';
comment on column meta.run.run_id is 'number of the run, also of the version it published';
comment on column meta.run.parent_run_id is 'run whose version this one started from; 0 = built from landing';
comment on column meta.run.as_of is 'moment the run spoke for';
comment on column meta.run.started_at is 'clock time when it began';
comment on column meta.run.finished_at is 'clock time when it was shaped and proved';
comment on column meta.run.is_full is 'true where everything was rebuilt from the landed deliveries';
comment on column meta.run.company_time_zone is 'IANA zone in which days are cut';
comment on column meta.run.company_currency is 'ISO 4217 code of reporting amounts';
comment on column meta.run.fiscal_year_start is 'month in which the fiscal year begins';
comment on column meta.run.config_hash is 'sha256 of loadstar.yaml';
comment on column meta.run.program_version is 'version of Loadstar that built it';

create table meta.arrival (
    feed_name varchar,
    path varchar,
    sha256 varchar,
    delivered_at timestamptz,
    run_id bigint,
    is_known boolean
);

comment on table meta.arrival is 'One row for each file or database pull that arrived, whether it brought anything or not';
comment on column meta.arrival.feed_name is 'feed it belongs to';
comment on column meta.arrival.path is 'where it was delivered, relative to the project folder';
comment on column meta.arrival.sha256 is 'hash of the delivered bytes; empty where a pull found nothing new';
comment on column meta.arrival.delivered_at is 'moment it speaks for; 1970-01-01 where nothing tells';
comment on column meta.arrival.run_id is 'run that saw it first';
comment on column meta.arrival.is_known is 'true where an earlier delivery of the feed had the same bytes, so that nothing was loaded';

create table meta.delivery (
    file_key bigint,
    feed_name varchar,
    source_system varchar,
    path varchar,
    sha256 varchar,
    sheet varchar,
    delivered_at timestamptz,
    run_id bigint,
    mode varchar,
    sequence bigint,
    size_bytes bigint,
    cursor_value varchar,
    partition_name varchar
);

comment on table meta.delivery is 'One row for each delivered file (and worksheet) or database pull';
comment on column meta.delivery.file_key is 'name of the file or sheet in source_file_key of the facts';
comment on column meta.delivery.feed_name is 'feed it belongs to';
comment on column meta.delivery.source_system is 'system it came from';
comment on column meta.delivery.path is 'where it was delivered, relative to the project folder';
comment on column meta.delivery.sha256 is 'hash of the delivered bytes; their name in the landing folder';
comment on column meta.delivery.sheet is 'worksheet; empty where the format has none';
comment on column meta.delivery.delivered_at is 'moment it speaks for; 1970-01-01 where nothing tells';
comment on column meta.delivery.run_id is 'run that loaded it';
comment on column meta.delivery.mode is 'snapshot, delta or append';
comment on column meta.delivery.sequence is 'order in which deliveries were loaded';
comment on column meta.delivery.size_bytes is 'size as delivered';
comment on column meta.delivery.cursor_value is 'greatest cursor value of a database pull; empty otherwise';
comment on column meta.delivery.partition_name is 'list of the feed that a snapshot is the whole of; empty = the whole feed';

create table meta.control_total (
    run_id bigint,
    feed_name varchar,
    object_name varchar,
    entity varchar,
    sha256 varchar,
    rows_read bigint,
    rows_staged bigint,
    rows_loaded bigint,
    rows_quarantined bigint,
    rows_redelivered bigint,
    rows_superseded bigint,
    rows_excluded bigint,
    rows_blank bigint,
    rows_hidden bigint,
    rows_totals bigint,
    rows_header bigint,
    rows_deleted bigint,
    rows_erased bigint
);

comment on table meta.control_total is 'Rows of one schema object of one delivery: rows_read = rows_loaded + rows_quarantined + rows_redelivered + rows_superseded + rows_excluded + rows_erased';
comment on column meta.control_total.run_id is 'run that counted';
comment on column meta.control_total.feed_name is 'feed that was read';
comment on column meta.control_total.object_name is 'schema object of the feed''s contract';
comment on column meta.control_total.entity is 'canonical entity its rows became';
comment on column meta.control_total.sha256 is 'hash of the delivered bytes';
comment on column meta.control_total.rows_read is 'rows found in the delivery, counted by the reader';
comment on column meta.control_total.rows_staged is 'rows that kept their contract, counted in the stage table';
comment on column meta.control_total.rows_loaded is 'rows that became the current or a historic state in the ods';
comment on column meta.control_total.rows_quarantined is 'rows set aside because they broke the contract';
comment on column meta.control_total.rows_redelivered is 'rows that were loaded before with the same content';
comment on column meta.control_total.rows_superseded is 'rows that are an older state than the one known';
comment on column meta.control_total.rows_excluded is 'rows that the contract sets aside: blank, hidden, totals, header';
comment on column meta.control_total.rows_blank is 'of the excluded, those without any value';
comment on column meta.control_total.rows_hidden is 'of the excluded, those hidden in the worksheet';
comment on column meta.control_total.rows_totals is 'of the excluded, totals lines';
comment on column meta.control_total.rows_header is 'of the excluded, repeated headers and titles';
comment on column meta.control_total.rows_deleted is 'rows of earlier deliveries that this snapshot no longer holds';
comment on column meta.control_total.rows_erased is 'rows dropped since on a person''s request';

create table meta.control_money (
    run_id bigint,
    feed_name varchar,
    object_name varchar,
    entity varchar,
    sha256 varchar,
    field varchar,
    read_amount decimal(38, 4),
    staged_amount decimal(38, 4),
    loaded_amount decimal(38, 4),
    quarantined_amount decimal(38, 4),
    redelivered_amount decimal(38, 4),
    superseded_amount decimal(38, 4)
);

comment on table meta.control_money is 'Sums of one decimal field of one schema object of one delivery: read_amount = loaded_amount + quarantined_amount + redelivered_amount + superseded_amount';
comment on column meta.control_money.run_id is 'run that summed';
comment on column meta.control_money.feed_name is 'feed that was read';
comment on column meta.control_money.object_name is 'schema object of the feed''s contract';
comment on column meta.control_money.entity is 'canonical entity its rows became';
comment on column meta.control_money.sha256 is 'hash of the delivered bytes';
comment on column meta.control_money.field is 'decimal field of the entity';
comment on column meta.control_money.read_amount is 'sum over the rows read, by the reader';
comment on column meta.control_money.staged_amount is 'sum over the stage table';
comment on column meta.control_money.loaded_amount is 'sum over the rows loaded into the ods';
comment on column meta.control_money.quarantined_amount is 'sum over the rows set aside because they broke the contract';
comment on column meta.control_money.redelivered_amount is 'sum over the rows loaded before with the same content';
comment on column meta.control_money.superseded_amount is 'sum over the rows that are an older state than the one known';

create table meta.check_result (
    run_id bigint,
    check_name varchar,
    severity varchar,
    question varchar,
    row_count bigint,
    sample varchar
);

comment on table meta.check_result is 'Outcome of each check on this version';
comment on column meta.check_result.run_id is 'run that asked it last: what no run since has changed is not asked again';
comment on column meta.check_result.check_name is 'file name of the check without .sql';
comment on column meta.check_result.severity is 'error stops the publish, warn is listed in about';
comment on column meta.check_result.question is 'what the check asks';
comment on column meta.check_result.row_count is 'rows that break it; 0 = passed';
comment on column meta.check_result.sample is 'keys of up to five of them, as JSON';

create table meta.funnel (
    funnel_name varchar,
    counts varchar,
    meaning varchar,
    source_systems varchar,
    pipelines varchar[]
);

comment on table meta.funnel is 'Funnels and what is counted in them';
comment on column meta.funnel.funnel_name is 'short name (sales)';
comment on column meta.funnel.counts is 'what moves through it: pursuit or session';
comment on column meta.funnel.meaning is 'what it shows, in words';
comment on column meta.funnel.source_systems is 'systems whose pursuits or sessions follow it, separated by comma; empty = all that no other funnel names';
comment on column meta.funnel.pipelines is 'pipelines of these systems whose pursuits follow it; empty = all that no other funnel names';

create table meta.funnel_stage (
    stage_key bigint,
    funnel_name varchar,
    stage_id varchar,
    name varchar,
    stage_rank integer,
    step_id varchar,
    step_name varchar,
    step_number integer,
    is_first boolean,
    is_optional boolean,
    is_terminal boolean,
    outcome varchar,
    meaning varchar
);

comment on table meta.funnel_stage is 'Stages of all funnels as their settings list them';
comment on column meta.funnel_stage.stage_key is 'derived from funnel and stage, see dim_funnel_stage';
comment on column meta.funnel_stage.funnel_name is 'funnel the stage belongs to';
comment on column meta.funnel_stage.stage_id is 'short name of the stage';
comment on column meta.funnel_stage.name is 'stage as people call it';
comment on column meta.funnel_stage.stage_rank is 'order inside the funnel';
comment on column meta.funnel_stage.step_id is 'step it counts for; null for lost stages';
comment on column meta.funnel_stage.step_name is 'the step as people call it';
comment on column meta.funnel_stage.step_number is 'order of the step, from 1';
comment on column meta.funnel_stage.is_first is 'true for the stage in which a pursuit begins';
comment on column meta.funnel_stage.is_optional is 'true where leaving it out is no skip';
comment on column meta.funnel_stage.is_terminal is 'true where nothing is expected to follow';
comment on column meta.funnel_stage.outcome is 'open, won, lost to competitor, no decision or lost';
comment on column meta.funnel_stage.meaning is 'when a pursuit or session is in the stage';

create table meta.funnel_step (
    funnel_name varchar,
    step_id varchar,
    step_name varchar,
    step_number integer
);

comment on table meta.funnel_step is 'Steps of all funnels, those without a stage of their own (repeat) included';
comment on column meta.funnel_step.funnel_name is 'funnel the step belongs to';
comment on column meta.funnel_step.step_id is 'short name of the step';
comment on column meta.funnel_step.step_name is 'step as people call it';
comment on column meta.funnel_step.step_number is 'order inside the funnel, from 1';

create table meta.funnel_transition (
    funnel_name varchar,
    from_stage_key bigint,
    to_stage_key bigint,
    is_legal boolean,
    is_skip boolean,
    is_regression boolean
);

comment on table meta.funnel_transition is 'Every pair of stages of a funnel and how a move between them is judged';
comment on column meta.funnel_transition.funnel_name is 'funnel of both stages';
comment on column meta.funnel_transition.from_stage_key is 'stage that is left; -2 = the beginning';
comment on column meta.funnel_transition.to_stage_key is 'stage that is entered';
comment on column meta.funnel_transition.is_legal is 'true where the funnel allows the move';
comment on column meta.funnel_transition.is_skip is 'true where it jumps over a stage that is not optional';
comment on column meta.funnel_transition.is_regression is 'true where it leads to a lower rank';

create table meta.funnel_word (
    funnel_name varchar,
    source_system varchar,
    entity varchar,
    word varchar,
    stage_key bigint
);

comment on table meta.funnel_word is 'Which word of which source means which stage';
comment on column meta.funnel_word.funnel_name is 'funnel of the stage';
comment on column meta.funnel_word.source_system is 'system that uses the word; empty = any';
comment on column meta.funnel_word.entity is 'lead, opportunity, web_event, or reason for reasons of loss; empty = any';
comment on column meta.funnel_word.word is 'lower case, blanks for _ and -';
comment on column meta.funnel_word.stage_key is 'stage it stands for';

create table meta.channel_word (
    word varchar,
    channel_key bigint
);

comment on table meta.channel_word is 'Which word of the sources means which marketing channel';
comment on column meta.channel_word.word is 'lower case, blanks for _ and -';
comment on column meta.channel_word.channel_key is 'channel it stands for, see dim_channel';

create table meta.touchpoint_word (
    word varchar,
    touchpoint_key bigint
);

comment on table meta.touchpoint_word is 'Which word of the sources means which touchpoint';
comment on column meta.touchpoint_word.word is 'lower case, blanks for _ and -';
comment on column meta.touchpoint_word.touchpoint_key is 'where the two sides met, see dim_touchpoint';

create table meta.word_meaning (
    subject varchar,
    word varchar,
    meaning varchar
);

comment on table meta.word_meaning is 'Which words of the sources the facts bring under one name';
comment on column meta.word_meaning.subject is 'what the word tells of: campaign_member, touch_type, touch_outcome, case_status, fulfilment_kind, fulfilment_status, invoice_status, payment_status, inventory_kind or target_metric';
comment on column meta.word_meaning.word is 'lower case, blanks for _ and -';
comment on column meta.word_meaning.meaning is 'the name that facts use';

create table meta.currency (
    currency_key bigint,
    currency_code varchar,
    name varchar,
    decimal_places integer
);

comment on table meta.currency is 'ISO 4217 currencies';
comment on column meta.currency.currency_key is 'ISO 4217 number';
comment on column meta.currency.currency_code is 'three-letter code';
comment on column meta.currency.name is 'English name';
comment on column meta.currency.decimal_places is 'digits after the decimal mark in practice';

create table meta.feed (
    feed_name varchar,
    source_system varchar,
    mode varchar,
    contract_version varchar,
    meaning varchar,
    fresh_within_seconds bigint
);

comment on table meta.feed is 'What does each feed bring, and how fresh does its contract promise to be? One row for each feed of the project';
comment on column meta.feed.feed_name is 'short name in loadstar.yaml';
comment on column meta.feed.source_system is 'system that owns the ids in it';
comment on column meta.feed.mode is 'snapshot, delta or append';
comment on column meta.feed.contract_version is 'version the contract gives itself';
comment on column meta.feed.meaning is 'purpose as the contract states it';
comment on column meta.feed.fresh_within_seconds is 'greatest age of the newest delivery: frequency and latency of the contract''s slaProperties; null = nothing promised';

create table meta.feed_column (
    feed_name varchar,
    object_name varchar,
    column_name varchar,
    entity varchar,
    field varchar,
    aliases varchar[],
    taken_from varchar,
    taken_part varchar,
    constant varchar,
    meaning varchar,
    is_personal boolean
);

comment on table meta.feed_column is 'Where does each delivered column go? One row for each column of each object of a feed''s contract';
comment on column meta.feed_column.feed_name is 'feed that delivers it';
comment on column meta.feed_column.object_name is 'schema object of the contract: sheet, table or nested list';
comment on column meta.feed_column.column_name is 'header as delivered';
comment on column meta.feed_column.entity is 'canonical entity that the rows become, a table of the ods';
comment on column meta.feed_column.field is 'column of that table; null where the value is kept as an attribute';
comment on column meta.feed_column.aliases is 'other headers by which the column is delivered';
comment on column meta.feed_column.taken_from is 'where the value comes from that stands in no column: $sheet (the worksheet''s name), $file, $row, $delivered, $hash, or ../x of the record above';
comment on column meta.feed_column.taken_part is 'regular expression whose first group is the part of it that counts; null = all of it';
comment on column meta.feed_column.constant is 'value that the contract states for every row';
comment on column meta.feed_column.meaning is 'description in the contract';
comment on column meta.feed_column.is_personal is 'true where the contract or the entity classifies it as personal data';

create table meta.model_input (
    model varchar,
    input varchar,
    key bigint,
    row_count bigint,
    fingerprint varchar
);

comment on table meta.model_input is 'What is each part of a table made of? One row for each part of what it reads; the next run makes only those parts anew that are made of something else';
comment on column meta.model_input.model is 'table that is made';
comment on column meta.model_input.input is 'helper table that it reads';
comment on column meta.model_input.key is 'part, by the key of the table: a pursuit, a day as yyyymmdd; 0 = all parts';
comment on column meta.model_input.row_count is 'rows of the helper table that the part is made of';
comment on column meta.model_input.fingerprint is 'sum of the hashes of these rows';

create table meta.catalogue (
    kind varchar,
    name varchar,
    schema_name varchar,
    table_name varchar,
    column_name varchar,
    position integer,
    process varchar,
    meaning varchar,
    grain varchar,
    data_type varchar,
    unit varchar,
    source_columns varchar,
    example_question varchar
);

comment on table meta.catalogue is 'What does each table, column, KPI and rule mean, and whose is it? One row for each of them';
comment on column meta.catalogue.kind is 'table, view, kpi, column or rule';
comment on column meta.catalogue.name is 'schema.table, schema.table.column, or the name of the check';
comment on column meta.catalogue.schema_name is 'main (what people query), meta (about the warehouse itself), ods and idn (for stewards); null for rules';
comment on column meta.catalogue.table_name is 'table or view it is, or belongs to; null for rules';
comment on column meta.catalogue.column_name is 'set for columns only';
comment on column meta.catalogue.position is 'order of a column inside its table, from 1';
comment on column meta.catalogue.process is 'business process that owns it and answers for it: sales, marketing, orders, service, accounting, customer data or operation of the warehouse';
comment on column meta.catalogue.meaning is 'what it says, in words; formula of a KPI; question of a rule';
comment on column meta.catalogue.grain is 'what one row stands for; null for columns';
comment on column meta.catalogue.data_type is 'type in DuckDB; severity of a rule';
comment on column meta.catalogue.unit is 'what a number counts or measures (days, share, money in the company''s currency); of a KPI the units of its measures, separated by semicolon; text for words';
comment on column meta.catalogue.source_columns is 'stored columns it is computed from, one step back, separated by comma: of a KPI those that its formula needs, of a table of the ods the delivered columns (feed.object.column); see meta.lineage';
comment on column meta.catalogue.example_question is 'a question that it helps to answer';

create table meta.lineage (
    table_name varchar,
    column_name varchar,
    from_table varchar,
    from_column varchar
);

comment on table meta.lineage is 'From which columns is a column computed? One row for each pair, one step; the steps chain from a delivered column to a KPI';
comment on column meta.lineage.table_name is 'schema.table that holds the computed column';
comment on column meta.lineage.column_name is 'the computed column';
comment on column meta.lineage.from_table is 'schema.table it is computed from; feed.object where it is delivered; setting.param for a setting of the run';
comment on column meta.lineage.from_column is 'column there, header as delivered';

create table meta.glossary (
    term varchar,
    meaning varchar
);

comment on table meta.glossary is 'Words that mean one thing in this warehouse';
comment on column meta.glossary.term is 'the word';
comment on column meta.glossary.meaning is 'what it stands for';
