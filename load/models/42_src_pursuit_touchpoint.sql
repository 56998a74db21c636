-- Question: where did customer and company first meet about a pursuit?
-- Grain: pursuit with a touch that tells its touchpoint; the earliest of them counts.
-- Sources: activity, src.tie, src.pursuit_of, src.touchpoint_word.
-- Rows from: ods.activity

with told as (
    select
        activity.source_system,
        activity.at,
        activity.row_id,
        coalesce(activity.lead_id, tie.lead_id) as lead_id,
        coalesce(activity.opportunity_id, tie.opportunity_id) as opportunity_id,
        place.touchpoint_key
    from ods.activity
    inner join src.touchpoint_word as place on place.word = activity.touchpoint
    left join src.tie as tie
        on tie.source_system = activity.source_system
        and tie.entity = 'activity'
        and tie.id = activity.activity_id
    where not activity.is_deleted
)

select
    coalesce(of_opportunity.pursuit_key, of_lead.pursuit_key) as pursuit_key,
    arg_min(told.touchpoint_key, {'at': told.at, 'row_id': told.row_id}) as touchpoint_key

from told
left join src.pursuit_of as of_opportunity
    on of_opportunity.source_system = told.source_system
    and of_opportunity.entity = 'opportunity'
    and of_opportunity.id = told.opportunity_id
left join src.pursuit_of as of_lead
    on of_lead.source_system = told.source_system
    and of_lead.entity = 'lead'
    and of_lead.id = told.lead_id

where coalesce(of_opportunity.pursuit_key, of_lead.pursuit_key) is not null

group by 1
