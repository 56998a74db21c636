create view main.funnel_online (
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
    drop_off_count bigint
);

comment on view main.funnel_online is 'How many web sessions reach each step of their funnel, and how many go on? Grain: funnel, breakdown, member and step, all time (by period: kpi_conversion)';
comment on column main.funnel_online.funnel_name is 'funnel that is counted (online, or one of your own)';
comment on column main.funnel_online.breakdown is 'what members are: all, channel, campaign, touchpoint (a session happens on the internet) or source system; take one';
comment on column main.funnel_online.member is 'whom or what the row counts; (all) for the whole, (none) where not stated';
comment on column main.funnel_online.step_number is 'order of the step, from 1';
comment on column main.funnel_online.step_name is 'step as people call it';
comment on column main.funnel_online.reached_count is 'sessions that reached this step or a later one; numerator of both conversions';
comment on column main.funnel_online.previous_count is 'sessions that reached the step before; denominator of conversion; null on the first step';
comment on column main.funnel_online.conversion is 'reached_count / previous_count; null where the denominator is 0 or missing';
comment on column main.funnel_online.first_count is 'sessions in the first step; denominator of conversion_from_first';
comment on column main.funnel_online.conversion_from_first is 'reached_count / first_count; null where the denominator is 0';
comment on column main.funnel_online.drop_off_count is 'reached this step but not the next; NULL at the last one';
