-- Pursuits whose every transition is written out in histories_test.go.
insert into ods.lead by name
select
    *,
    created_at as effective_at,
    false as is_deleted
from (
    values
    -- back and forth: regression, re-entry, skip
    (1, 'crm', 'zigzag', null, 'Contacted', timestamptz '2024-01-01 00:00:00+00', null),
    -- no history, a status only
    (2, 'sheet', 'status', null, 'shown', timestamptz '2024-02-01 00:00:00+00', timestamptz '2024-02-11 00:00:00+00'),
    -- no history, still new
    (3, 'sheet', 'fresh', null, 'new', timestamptz '2024-02-01 00:00:00+00', null),
    -- converted: the opportunity has the history, the lead only its creation
    (4, 'crm', 'parted', 'deal', 'Converted', timestamptz '2024-03-01 00:00:00+00', timestamptz '2024-09-01 00:00:00+00'),
    -- a word nobody mapped
    (5, 'sheet', 'strange', null, 'Zwischenstand', timestamptz '2024-02-01 00:00:00+00', timestamptz '2024-02-02 00:00:00+00'),
    -- won before first contact
    (6, 'crm', 'early', null, 'sold', timestamptz '2024-04-01 00:00:00+00', null)
) as lead (row_id, source_system, lead_id, opportunity_id, status, created_at, updated_at);

insert into ods.opportunity by name
select
    *,
    coalesce(updated_at, created_at) as effective_at,
    false as is_deleted
from (
    values
    -- lost, and the competitor is named; closed at midnight of the day of the last change
    (11, 'crm', 'deal', null, 'Closed Lost', 'Rival Ltd', null, timestamptz '2024-03-02 00:00:00+00', null,
        timestamptz '2024-03-20 00:00:00+00'),
    -- no lead, no history; the reason tells more than the word
    (12, 'crm', 'alone', null, 'lost', null, 'No budget', timestamptz '2024-05-01 00:00:00+00',
        timestamptz '2024-05-09 12:00:00+00', timestamptz '2024-05-09 00:00:00+00')
) as deal (
    row_id, source_system, opportunity_id, lead_id, status, competitor, lost_reason, created_at, updated_at, closed_at
);

-- The deal without history had been at proposal before; both states are kept.
insert into ods.opportunity_version by name
select
    * exclude (status, updated_at, closed_at, effective_at),
    'Angebot' as status,
    timestamptz '2024-05-09 11:00:00+00' as updated_at,
    timestamptz '2024-05-02 00:00:00+00' as effective_at
from ods.opportunity
where opportunity_id = 'alone';

insert into ods.opportunity_version by name
select *
from ods.opportunity
where opportunity_id = 'alone';

insert into ods.stage_event by name
select
    *,
    "at" as effective_at,
    false as is_deleted
from (
    values
    (101, 'crm', 'zigzag', null, 'Suspect', timestamptz '2024-01-01 00:00:00+00'),
    (102, 'crm', 'zigzag', null, 'Contacted', timestamptz '2024-01-02 00:00:00+00'),
    (103, 'crm', 'zigzag', null, 'contacted', timestamptz '2024-01-03 00:00:00+00'),
    (104, 'crm', 'zigzag', null, 'Demo', timestamptz '2024-01-04 06:00:00+00'),
    (105, 'crm', 'zigzag', null, 'Contacted', timestamptz '2024-01-04 06:00:10+00'),
    (111, 'crm', null, 'deal', 'Termin', timestamptz '2024-03-05 00:00:00+00'),
    (112, 'crm', null, 'deal', '2nd visit', timestamptz '2024-03-08 00:00:00+00'),
    (113, 'crm', null, 'deal', 'Demo', timestamptz '2024-03-15 00:00:00+00'),
    (121, 'crm', 'early', null, 'Suspect', timestamptz '2024-04-01 00:00:00+00'),
    (122, 'crm', 'early', null, 'sold', timestamptz '2024-04-02 00:00:00+00'),
    (123, 'crm', 'early', null, 'Contacted', timestamptz '2024-04-03 00:00:00+00'),
    (131, 'crm', 'nobody', null, 'Contacted', timestamptz '2024-04-03 00:00:00+00')
) as event (row_id, source_system, lead_id, opportunity_id, stage, "at");
