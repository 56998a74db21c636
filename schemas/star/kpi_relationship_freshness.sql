create view main.kpi_relationship_freshness (
    breakdown varchar,
    member varchar,
    customer_count bigint,
    spoken_count bigint,
    within_30_count bigint,
    within_90_count bigint,
    within_180_count bigint,
    within_90_open_count bigint,
    within_90_won_count bigint,
    within_30_share decimal(18, 6),
    within_90_share decimal(18, 6),
    within_180_share decimal(18, 6)
);

comment on view main.kpi_relationship_freshness is 'With which share of the customers have we spoken both ways lately, and what came of it? Formula: customers whose last two-way touch is at most 30, 90, 180 days before the as-of day / all customers that a source still has. Grain: breakdown and member, as of now';
comment on column main.kpi_relationship_freshness.breakdown is 'what members are: all, party type, country, or division, department, team and sales person of the latest touch; take one';
comment on column main.kpi_relationship_freshness.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.kpi_relationship_freshness.customer_count is 'customers; denominator of the shares';
comment on column main.kpi_relationship_freshness.spoken_count is 'of those, customers with any two-way touch';
comment on column main.kpi_relationship_freshness.within_30_count is 'last two-way touch at most 30 days ago';
comment on column main.kpi_relationship_freshness.within_90_count is 'last two-way touch at most 90 days ago';
comment on column main.kpi_relationship_freshness.within_180_count is 'last two-way touch at most 180 days ago';
comment on column main.kpi_relationship_freshness.within_90_open_count is 'of within_90_count, customers with an open pursuit';
comment on column main.kpi_relationship_freshness.within_90_won_count is 'of within_90_count, customers who have ever been won';
comment on column main.kpi_relationship_freshness.within_30_share is 'within_30_count / customer_count';
comment on column main.kpi_relationship_freshness.within_90_share is 'within_90_count / customer_count';
comment on column main.kpi_relationship_freshness.within_180_share is 'within_180_count / customer_count';
