create table main.fact_survey_response (
    row_id decimal(38, 0),
    source_system varchar,
    response_id varchar,
    source_customer_key bigint,
    customer_key bigint, -- digest: false
    survey varchar,
    question varchar,
    score bigint,
    has_text boolean,
    answered_at timestamptz,
    answered_date_key integer,
    is_exact_duplicate boolean,
    source_file_key bigint, -- digest: false
    source_row bigint -- digest: false
);

comment on table main.fact_survey_response is 'What do customers say when asked? Grain: one answer of one respondent to one question';
comment on column main.fact_survey_response.row_id is 'identity of the source row in the ods: hash of feed and source key, or of the content where the feed has no key';
comment on column main.fact_survey_response.source_system is 'system that owns the ids in this row, as its contract names it (crm, billing)';
comment on column main.fact_survey_response.response_id is 'answer, unique within its source system';
comment on column main.fact_survey_response.source_customer_key is 'the party as its source system knows it; never changes, also when customers are merged or split; -1 = the row names no customer';
comment on column main.fact_survey_response.customer_key is 'the deduplicated customer, see dim_customer; follows merges and splits; -1 = not known';
comment on column main.fact_survey_response.survey is 'survey it belongs to';
comment on column main.fact_survey_response.question is 'what was asked';
comment on column main.fact_survey_response.score is 'answer as a number on the survey''s own scale; null where it is in words only';
comment on column main.fact_survey_response.has_text is 'true where the answer has words; they stay in the ods';
comment on column main.fact_survey_response.answered_at is 'when it was given';
comment on column main.fact_survey_response.answered_date_key is 'day it was given in the company''s zone, see dim_date; -1 = not told';
comment on column main.fact_survey_response.is_exact_duplicate is 'true where an equal row came before it in the same delivery; such rows are kept, since two equal lines may be two sales';
comment on column main.fact_survey_response.source_file_key is 'delivered file or sheet the row came from, see meta.delivery';
comment on column main.fact_survey_response.source_row is 'line or worksheet row in that file, from 1';
