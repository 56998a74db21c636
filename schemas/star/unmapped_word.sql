create table main.unmapped_word (
    used_for varchar,
    source_system varchar,
    entity varchar,
    word varchar,
    row_count bigint
);

comment on table main.unmapped_word is 'Which status and channel words of the sources are not mapped yet, or leave open whether money was paid? Grain: use, source system, entity and word; map them in a funnel or channel setting';
comment on column main.unmapped_word.used_for is 'name of the funnel, or channel';
comment on column main.unmapped_word.source_system is 'system that uses the word';
comment on column main.unmapped_word.entity is 'canonical entity and field the word comes from (lead.status)';
comment on column main.unmapped_word.word is 'the word as delivered';
comment on column main.unmapped_word.row_count is 'rows that use it';
