-- The company of large.sql at selling, marketing and service: {scale} x 500,000 touches, 50,000 pursuits and
-- 300,000 campaign members; finance and stock.

-- The party of touch i: the deals' parties first, then any.
create or replace macro main.spoken(i) as
    1000000 + if(i < 150000 * {scale}, i // 3 * 3, main.skewed(i // 4, 51, 200000 * {scale}));

insert into ods.activity by name
select
    i as row_id,
    'crm' as source_system,
    'a' || i as activity_id,
    main.spoken(i) as source_customer_key,
    if(i < 150000 * {scale}, 'l' || i // 3, null) as lead_id,
    if(main.pick(i, 52, 10) = 0, 'k' || main.skewed(i, 53, 100), null) as campaign_id,
    if(main.pick(i, 54, 10) < 8, 'e' || i // 3 % 240, null) as employee_id,
    ['call', 'mail', 'chat', 'meeting', 'mail'][1 + main.pick(i, 55, 5)] as type,
    if(i % 4 in (1, 3), 'in', 'out') as direction,
    ['phone', 'email', 'chat', 'branch'][1 + main.pick(i, 56, 4)] as touchpoint,
    if(main.pick(i, 57, 8) = 0, 'no answer', null) as outcome,
    if(i % 400 = 398, 'q' || i // 10, null) as case_id,
    main.pick(i, 58, 30) as duration_minutes,
    if(i % 4 = 3, 'a' || i - 1, null) as replies_to_activity_id,
    main.moment(i // 4, 125000 * {scale}) + to_hours(cast(i % 4 * 7 as integer)) as "at",
    false as is_exact_duplicate,
    "at" as effective_at,
    false as is_deleted
from range(500000 * {scale}) as activity (i);

insert into ods.lead by name
select
    i as row_id,
    'crm' as source_system,
    'l' || i as lead_id,
    1000000 + i * 3 as source_customer_key,
    if(i % 3 = 0, 'k' || main.skewed(i, 61, 100), null) as campaign_id,
    ['messe', 'newsletter', 'referral', 'cpc'][1 + main.pick(i, 62, 4)] as channel,
    'e' || i % 240 as employee_id,
    if(i % 20 = 0, 1000000 + main.skewed(i, 63, 200000 * {scale}), null) as referred_by_source_customer_key,
    'Suspect' as status,
    main.moment(main.pick(i, 64, 50000), 50000) as created_at,
    created_at as effective_at,
    false as is_deleted
from range(50000 * {scale}) as lead (i);

-- Half of the leads become deals; a third of these is still open.
insert into ods.opportunity by name
select
    row_id + 100000000 as row_id,
    'crm' as source_system,
    'd' || row_id as opportunity_id,
    lead_id,
    source_customer_key,
    employee_id,
    case
        when main.pick(row_id, 71, 10) < 3 then 'won'
        when main.pick(row_id, 71, 10) < 5 then 'lost to competitor'
        when main.pick(row_id, 71, 10) < 7 then 'no decision'
        when main.pick(row_id, 71, 10) = 7 then 'presentation'
        else 'appointment'
    end as status,
    cast(100 + main.skewed(row_id, 72, 50000) as decimal(18, 4)) as amount,
    if(row_id % 8 = 0, 'USD', 'EUR') as currency_code,
    if(row_id % 3 = 0, cast(30 as decimal(18, 4)), null) as probability_percent,
    created_at + interval 20 days as created_at,
    cast(created_at + interval 60 days as date) as expected_close_date,
    if(main.pick(row_id, 71, 10) < 7, created_at + to_days(30 + cast(main.pick(row_id, 73, 60) as integer)), null)
        as closed_at,
    if(main.pick(row_id, 71, 10) = 5, 'no budget', null) as lost_reason,
    created_at as effective_at,
    false as is_deleted
from ods.lead
where row_id % 2 = 0;

insert into ods.stage_event by name
select
    lead.row_id * 8 + step as row_id,
    'crm' as source_system,
    'h' || lead.row_id * 8 + step as stage_event_id,
    lead.lead_id,
    word as stage,
    lead.created_at + to_days(cast(step * 4 as integer)) as "at",
    "at" as effective_at,
    false as is_deleted
from ods.lead
inner join (
    values
    (0, 'Suspect', 100),
    (1, 'Contacted', 60),
    (2, 'Appointment', 50),
    (3, 'Presentation', 35),
    (4, 'Proposal', 25)
) as step (step, word, share)
    on if(lead.row_id % 2 = 0, main.pick(lead.row_id, 74, 50), 50 + main.pick(lead.row_id, 74, 50)) < step.share;

insert into ods.account by name
select
    i as row_id,
    'crm' as source_system,
    'n' || i as account_id,
    'Made up group ' || i as name,
    'e' || i % 240 as employee_id,
    1000000 + i * 40 as source_customer_key,
    timestamptz '2023-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(5000 * {scale}) as account (i);

insert into ods.campaign_member by name
select
    i * 4 + answer as row_id,
    'crm' as source_system,
    'k' || i % 100 as campaign_id,
    1000000 + main.skewed(i, 81, 200000 * {scale}) as source_customer_key,
    word as status,
    cast(date '2023-01-10' + cast(i % 100 * 11 + answer as integer) as timestamptz) + interval 9 hours as "at",
    "at" as effective_at,
    false as is_deleted
from range(200000 * {scale}) as member (i)
inner join (
    values (0, 'sent', 100), (1, 'opened', 35), (2, 'clicked', 12), (3, 'unsubscribed', 3)
) as answer (answer, word, share) on main.pick(i, 82, 100) < answer.share;

insert into ods.campaign_spend by name
select
    i as row_id,
    'crm' as source_system,
    'k' || i // 60 as campaign_id,
    date '2023-01-10' + cast(i // 60 * 11 + i % 60 as integer) as spent_on,
    cast(20 + main.skewed(i, 83, 900) as decimal(18, 4)) as amount,
    if(i % 9 = 0, 'USD', 'EUR') as currency_code,
    1000 + main.pick(i, 84, 9000) as impressions,
    main.pick(i, 85, 900) as clicks,
    false as is_exact_duplicate,
    timestamptz '2023-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(6000) as spend (i);

insert into ods.target by name
select
    i as row_id,
    'finance' as source_system,
    date '2023-01-01' + to_months(cast(i // 48 as integer)) as period_on,
    if(i % 2 = 0, 'revenue', 'appointments') as metric,
    'Team ' || i // 2 % 24 as team,
    cast(if(i % 2 = 0, 100000, 30) + main.pick(i, 86, 20) as decimal(18, 4)) as amount,
    false as is_exact_duplicate,
    timestamptz '2023-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(48 * 39) as target (i);

insert into ods.profitability by name
select
    i as row_id,
    'finance' as source_system,
    date '2023-01-01' + to_months(cast(main.pick(i, 91, 39) as integer)) as period_on,
    if(i % 4 = 0, null, 1000000 + main.skewed(i, 92, 200000 * {scale})) as source_customer_key,
    if(i % 4 = 0, 'p' || main.skewed(i, 93, 2000), null) as product_id,
    ['North', 'South', 'East'][1 + i % 3] as division,
    cast(100 + main.skewed(i, 94, 5000) as decimal(18, 4)) as revenue_amount,
    cast(80 + main.skewed(i, 95, 4000) as decimal(18, 4)) as cost_amount,
    false as is_exact_duplicate,
    timestamptz '2023-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from range(40000 * {scale}) as profit (i);

insert into ods.inventory by name
select
    i as row_id,
    'stock' as source_system,
    'p' || i % 1000 as product_id,
    'Depot ' || i // 1000 % 2 as location,
    if(i % 25 = 0, 'sample', 'finished goods') as kind,
    date '2025-12-20' + cast(i // 2000 as integer) as counted_on,
    cast(main.skewed(i, 96, 500) as decimal(18, 4)) as quantity,
    timestamptz '2023-01-01 00:00:00+00' as effective_at,
    timestamptz '2023-01-01 00:00:00+00' as received_at,
    false as is_deleted
from range(200000) as stock (i);

insert into ods.survey_response by name
select
    i as row_id,
    'desk' as source_system,
    's' || i as response_id,
    1000000 + main.skewed(i, 97, 200000 * {scale}) as source_customer_key,
    'Care' as survey,
    'Would you recommend us?' as question,
    10 - main.skewed(i, 98, 11) as score,
    main.moment(i, 20000 * {scale}) as "at",
    false as is_exact_duplicate,
    "at" as effective_at,
    false as is_deleted
from range(20000 * {scale}) as response (i);

insert into ods."case" by name
select
    i + 200000000 as row_id,
    'crm' as source_system,
    'q' || i as case_id,
    1000000 + main.skewed(i, 99, 200000 * {scale}) as source_customer_key,
    if(i % 2 = 0, 'o' || main.pick(i, 100, 400000 * {scale}), null) as order_id,
    'e' || i % 240 as employee_id,
    ['phone', 'email', 'chat'][1 + main.pick(i, 101, 3)] as touchpoint,
    if(i < 48000 * {scale}, 'solved', 'pending') as status,
    main.moment(i, 50000 * {scale}) as opened_at,
    opened_at + to_minutes(cast(5 + main.skewed(i, 102, 3000) as integer)) as first_reply_at,
    if(i < 48000 * {scale}, first_reply_at + to_hours(cast(main.skewed(i, 103, 200) as integer)), null) as closed_at,
    false as is_exact_duplicate,
    opened_at as effective_at,
    false as is_deleted
from range(50000 * {scale}) as service_case (i);

-- {scale} x 30,000 subscriptions, a third of which became dearer; every fourth ended.
insert into ods.subscription_version by name
select
    i % (30000 * {scale}) + 300000000 as row_id,
    'saas' as source_system,
    'u' || i % (30000 * {scale}) as subscription_id,
    1000000 + main.skewed(i % (30000 * {scale}), 111, 200000 * {scale}) as source_customer_key,
    ['Basic', 'Care', 'Plus'][1 + i % 3] as plan,
    10 + i % 40 + if(i < 30000 * {scale}, 0, 5) as amount,
    if(i % 5 = 0, 'year', 'month') as interval,
    if(i % 4 = 0, 'cancelled', 'active') as status,
    main.moment(i % (30000 * {scale}), 60000 * {scale}) as started_at,
    if(i % 4 = 0, started_at + to_days(200), null) as ended_at,
    started_at + to_days(if(i < 30000 * {scale}, 0, 100)) as updated_at,
    updated_at as effective_at,
    false as is_deleted
from range(40000 * {scale}) as term (i);

insert into ods.subscription by name
from ods.subscription_version
where row_id >= 300000000
qualify row_number() over (partition by row_id order by effective_at desc) = 1;
