create view main.kpi_name_coverage (
    breakdown varchar,
    member varchar,
    part varchar,
    top_name_count integer,
    name_count bigint,
    explained_person_count bigint,
    person_count bigint,
    explained_share decimal(18, 6)
);

comment on view main.kpi_name_coverage is 'Which share of the persons do the most frequent names explain? Formula: explained_person_count / person_count. Grain: breakdown, member, part of the name and number of names taken (1,000 and 10,000)';
comment on column main.kpi_name_coverage.breakdown is 'what members are: all or country; take one. Names are ranked within the member';
comment on column main.kpi_name_coverage.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_name_coverage.part is 'first name or last name';
comment on column main.kpi_name_coverage.top_name_count is 'how many of the most frequent names are taken';
comment on column main.kpi_name_coverage.name_count is 'different names there are';
comment on column main.kpi_name_coverage.explained_person_count is 'persons who bear one of the names taken; numerator';
comment on column main.kpi_name_coverage.person_count is 'persons with that part of the name; denominator';
comment on column main.kpi_name_coverage.explained_share is 'explained_person_count / person_count';
