-- 4,000 suspects -> 400 contacts -> 80 meetings -> 40 presentations -> 20 offers -> 10 closed -> 5 repeat.
-- Pursuit j reaches each step whose count is above j. Pursuits 5 to 9 belong to the customers of 0 to 4 and
-- begin two years later. Leads keep the history up to the contact, opportunities from the meeting on.
create table main.plan as
select
    j,
    if(j between 5 and 9, j - 5, j) as customer,
    timestamptz '2023-01-02 09:00:00+00' + to_days(cast(j % 100 + if(j between 5 and 9, 730, 0) as integer)) as begins_at
from range(4000) as pursuit (j);

insert into ods.idn.source_record
select
    100000 + customer,
    1 + customer,
    null,
    100000 + customer
from (select distinct customer from main.plan);

insert into ods.idn.golden_customer by name
select
    1 + customer as customer_key,
    0 as valid_from,
    'person' as party_type,
    'Invented ' || customer as display_name,
    1 as member_count,
    true as is_current
from (select distinct customer from main.plan);

insert into ods.lead by name
select
    j + 1 as row_id,
    'crm' as source_system,
    'l' || j as lead_id,
    100000 + customer as source_customer_key,
    'c' || customer as customer_id,
    if(j % 2 = 0, 'Messe', 'newsletter') as channel,
    if(j % 2 = 0, 'North', 'South') as division,
    'Anna Sales' as employee_name,
    case when j < 400 then 'Contacted' else 'Suspect' end as status,
    begins_at as created_at,
    begins_at as effective_at,
    false as is_deleted
from main.plan;

insert into ods.opportunity by name
select
    10001 + j as row_id,
    'crm' as source_system,
    'd' || j as opportunity_id,
    'l' || j as lead_id,
    100000 + customer as source_customer_key,
    'c' || customer as customer_id,
    case
        when j < 10 then 'Gewonnen'
        when j < 20 then 'Angebot'
        when j < 40 then 'Lost - competitor'
        else 'Termin'
    end as status,
    begins_at + interval 30 days as created_at,
    begins_at as effective_at,
    false as is_deleted
from main.plan
where j < 80;

insert into ods.stage_event by name
select
    20000 + step * 10000 + j as row_id,
    'crm' as source_system,
    'h' || step || '-' || j as stage_event_id,
    if(step <= 2, 'l' || j, null) as lead_id,
    if(step > 2, 'd' || j, null) as opportunity_id,
    word as stage,
    begins_at + to_days(cast(10 * step as integer)) as "at",
    begins_at as effective_at,
    false as is_deleted
from main.plan
inner join (
    values
    (1, 'Suspect', 4000),
    (2, 'Contacted', 400),
    (3, 'Termin', 80),
    (4, 'Demo', 40),
    (5, 'Angebot', 20),
    (6, 'Gewonnen', 10)
) as step (step, word, reached) on plan.j < step.reached;

insert into ods.stage_event by name
select
    90000 + j as row_id,
    'crm' as source_system,
    'hl-' || j as stage_event_id,
    'd' || j as opportunity_id,
    'Lost - competitor' as stage,
    begins_at + interval 90 days as "at",
    begins_at as effective_at,
    false as is_deleted
from main.plan
where j between 20 and 39;
