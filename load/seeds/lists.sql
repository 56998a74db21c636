-- Question: which funnels, words and currencies does the published file list?
-- Sources: src.seed and the tables made of it (seed.sql).

delete from warehouse.meta.funnel;
insert into warehouse.meta.funnel by name
select unnest(item) from (select unnest(funnel) as item from src.seed);

delete from warehouse.meta.funnel_step;
insert into warehouse.meta.funnel_step by name
select unnest(item) from (select unnest(funnel_step) as item from src.seed);

delete from warehouse.meta.funnel_stage;
insert into warehouse.meta.funnel_stage by name
select unnest(item) from (select unnest(funnel_stage) as item from src.seed);

delete from warehouse.meta.funnel_transition;
insert into warehouse.meta.funnel_transition by name
select unnest(item) from (select unnest(funnel_transition) as item from src.seed);

delete from warehouse.meta.funnel_word;
insert into warehouse.meta.funnel_word by name
select distinct
    funnel_name,
    source_system,
    entity,
    src.word(word) as word,
    stage_key
from (select unnest(item) from (select unnest(funnel_word) as item from src.seed));

delete from warehouse.meta.channel_word;
insert into warehouse.meta.channel_word by name
select distinct src.word(word) as word, channel_key from (select unnest(words) as word, channel_key from src.channel);

delete from warehouse.meta.touchpoint_word;
insert into warehouse.meta.touchpoint_word by name
select distinct src.word(word) as word, touchpoint_key from (select unnest(words) as word, touchpoint_key from src.touchpoint);

delete from warehouse.meta.word_meaning;
insert into warehouse.meta.word_meaning by name
select distinct
    subject,
    src.word(word) as word,
    meaning
from (select unnest(item) from (select unnest(meaning) as item from src.seed));

delete from warehouse.meta.currency;
insert into warehouse.meta.currency by name
select unnest(item) from (select unnest(currency) as item from src.seed);
