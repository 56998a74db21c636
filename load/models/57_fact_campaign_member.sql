-- Question: whom did each campaign reach, and how did they answer?
-- Grain: one party in one campaign.
-- Sources: src.campaign_report, src look-ups.
-- Delta: member_key of src.campaign_report
-- Compared: src.campaign_report
-- Rows from: src.campaign_report

with member as (
    select
        member_key,
        min(campaign_key) as campaign_key,
        min(channel_key) as channel_key,
        min(source_system) as source_system,
        min(lead_id) as lead_id,
        max(pursuit_key) as pursuit_key,
        min(source_customer_key) as source_customer_key,
        min(customer_key) as customer_key,
        min("at") filter (where meaning = 'selected') as selected_at,
        min("at") filter (where meaning in ('sent', 'opened', 'clicked', 'responded', 'unsubscribed')) as sent_at,
        min("at") filter (where meaning in ('opened', 'clicked')) as opened_at,
        min("at") filter (where meaning = 'clicked') as clicked_at,
        min("at") filter (where meaning = 'responded') as responded_at,
        min("at") filter (where meaning = 'unsubscribed') as unsubscribed_at,
        min("at") filter (where meaning = 'blocked') as blocked_at,
        max(list_position(
            ['selected', 'sent', 'opened', 'clicked', 'responded'],
            if(meaning = 'unsubscribed', 'sent', meaning)
        )) as furthest,
        max({'at': "at", 'row_id': row_id, 'status': status}) as latest,
        min({'at': "at", 'row_id': row_id, 'file_key': file_key, 'source_row': source_row}) as earliest,
        count(*) filter (where is_report) as report_count,
        bool_or(coalesce(meaning = 'responded', false)) as is_responded,
        bool_or(coalesce(meaning = 'unsubscribed', false)) as is_unsubscribed,
        bool_or(coalesce(meaning = 'blocked', false)) as is_blocked
    from affected.campaign_report
    group by member_key
)

select
    member.member_key,
    member.campaign_key,
    member.channel_key,
    member.source_system,
    member.lead_id,
    member.pursuit_key,
    member.source_customer_key,
    member.customer_key,
    member.selected_at,
    member.sent_at,
    member.opened_at,
    member.clicked_at,
    member.responded_at,
    member.unsubscribed_at,
    member.blocked_at,
    if(member.selected_at is null, -3, selected.date_key) as selected_date_key,
    if(member.sent_at is null, -3, sent.date_key) as sent_date_key,
    if(member.opened_at is null, -3, opened.date_key) as opened_date_key,
    if(member.clicked_at is null, -3, clicked.date_key) as clicked_date_key,
    if(member.responded_at is null, -3, responded.date_key) as responded_date_key,
    if(member.unsubscribed_at is null, -3, unsubscribed.date_key) as unsubscribed_date_key,
    if(member.blocked_at is null, -3, blocked.date_key) as blocked_date_key,
    ['selected', 'sent', 'opened', 'clicked', 'responded'][member.furthest] as furthest_answer,
    member.latest.status as last_word,
    member.report_count,
    member.is_responded,
    member.is_unsubscribed,
    member.is_blocked,
    member.earliest.file_key as source_file_key,
    member.earliest.source_row as source_row

from member
left join src.time_slot as selected on selected.slot = src.slot(member.selected_at)
left join src.time_slot as sent on sent.slot = src.slot(member.sent_at)
left join src.time_slot as opened on opened.slot = src.slot(member.opened_at)
left join src.time_slot as clicked on clicked.slot = src.slot(member.clicked_at)
left join src.time_slot as responded on responded.slot = src.slot(member.responded_at)
left join src.time_slot as unsubscribed on unsubscribed.slot = src.slot(member.unsubscribed_at)
left join src.time_slot as blocked on blocked.slot = src.slot(member.blocked_at)
