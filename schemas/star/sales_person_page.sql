create view main.sales_person_page (
    sales_person varchar,
    team varchar,
    division varchar,
    kind varchar,
    pursuit_id varchar,
    customer_key bigint,
    customer_name varchar,
    stage_name varchar,
    days_in_stage integer,
    amount decimal(18, 4),
    probability_percent decimal(18, 4),
    expected_close_on date,
    last_spoken_on date,
    next_step varchar,
    place varchar,
    problem varchar,
    source_system varchar,
    pursuit_key bigint
);

comment on view main.sales_person_page is 'What does a sales person have in hand, and what is to be done next? Grain: open pursuit, or refused row that waits for a correction';
comment on column main.sales_person_page.sales_person is 'who owns the pursuit, or whom the refused row names; (none) where nobody is known';
comment on column main.sales_person_page.team is 'team the employee works in';
comment on column main.sales_person_page.division is 'division of the pursuit, else of the sales person';
comment on column main.sales_person_page.kind is 'pursuit or refused row: a row that this person delivered, or that names them, and that broke its contract';
comment on column main.sales_person_page.pursuit_id is 'id in the source system: the opportunity''s, else the lead''s';
comment on column main.sales_person_page.customer_key is 'the deduplicated customer, see dim_customer';
comment on column main.sales_person_page.customer_name is 'name to show of the customer';
comment on column main.sales_person_page.stage_name is 'stage it is in';
comment on column main.sales_person_page.days_in_stage is 'days since that stage was entered; null where no time is told';
comment on column main.sales_person_page.amount is 'value in the company''s currency';
comment on column main.sales_person_page.probability_percent is 'chance of winning as the source states it, 0 to 100';
comment on column main.sales_person_page.expected_close_on is 'day the source expects it to close';
comment on column main.sales_person_page.last_spoken_on is 'day of the latest two-way touch with the customer';
comment on column main.sales_person_page.next_step is 'what the stage, the silence and the dates suggest';
comment on column main.sales_person_page.place is 'where the refused row stands: FILE:ROW, FILE#SHEET!ROW or FILE#SHEET!CELL; null for pursuits';
comment on column main.sales_person_page.problem is 'columns of the refused row that are wrong, what is wrong and what was expected; null for pursuits';
comment on column main.sales_person_page.source_system is 'system that owns the id, as its contract names it';
comment on column main.sales_person_page.pursuit_key is 'the pursuit, see fact_pipeline';
