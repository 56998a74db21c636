-- Question: what do customers say when asked?
-- Grain: one answer of one respondent to one question as delivered.
-- Sources: survey_response, src.time_slot, idn.source_record.
-- Rows from: ods.survey_response

select
    response.row_id,
    response.source_system,
    response.response_id,
    coalesce(response.source_customer_key, -1) as source_customer_key,
    coalesce(party.customer_key, -1) as customer_key,
    response.survey,
    response.question,
    response.score,
    response.answer is not null as has_text,
    response.at as answered_at,
    coalesce(slot.date_key, -1) as answered_date_key,
    response.is_exact_duplicate,
    response.file_key as source_file_key,
    response.source_row

from ods.survey_response as response
left join src.time_slot as slot on slot.slot = src.slot(response.at)
left join ods.idn.source_record as party on party.source_customer_key = response.source_customer_key

where not response.is_deleted
