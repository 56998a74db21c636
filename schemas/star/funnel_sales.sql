create view main.funnel_sales (
    funnel_name varchar,
    breakdown varchar,
    member varchar,
    step_number integer,
    step_name varchar,
    reached_count bigint,
    previous_count bigint,
    conversion decimal(18, 6),
    first_count bigint,
    conversion_from_first decimal(18, 6),
    drop_off_count bigint,
    still_open_count bigint,
    lost_count bigint
);

comment on view main.funnel_sales is 'How many pursuits reach each step of a sales funnel, and how many go on? Grain: funnel, breakdown, member and step, all time (by period: kpi_conversion); a won pursuit reaches step repeat where its customer later won another';
comment on column main.funnel_sales.funnel_name is 'funnel that is counted (sales)';
comment on column main.funnel_sales.breakdown is 'what members are: all, division, department, team, sales person, channel, campaign, touchpoint, pipeline (where a source tells of any) or source system; take one';
comment on column main.funnel_sales.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.funnel_sales.step_number is 'order of the step, from 1';
comment on column main.funnel_sales.step_name is 'step as people call it';
comment on column main.funnel_sales.reached_count is 'pursuits that reached this step or a later one; numerator of both conversions';
comment on column main.funnel_sales.previous_count is 'pursuits that reached the step before; denominator of conversion; null on the first step';
comment on column main.funnel_sales.conversion is 'reached_count / previous_count; null where the denominator is 0 or missing';
comment on column main.funnel_sales.first_count is 'pursuits in the first step; denominator of conversion_from_first';
comment on column main.funnel_sales.conversion_from_first is 'reached_count / first_count; null where the denominator is 0';
comment on column main.funnel_sales.drop_off_count is 'reached this step but not the next; NULL at the last one';
comment on column main.funnel_sales.still_open_count is 'of those dropping off, the pursuits that are still open';
comment on column main.funnel_sales.lost_count is 'of those dropping off, the pursuits lost to a competitor, without decision or without told reason';
