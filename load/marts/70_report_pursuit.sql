-- Question: by what can each pursuit be asked for, so that every figure of pursuits can be given for each?
-- Grain: pursuit.
-- Sources: fact_pipeline, report_member.

select
    pursuit.pursuit_key,
    [
        {'dimension': 'all', 'key': 0},
        {'dimension': 'division', 'key': pursuit.org_unit_key},
        {'dimension': 'owner', 'key': pursuit.employee_key},
        {'dimension': 'channel', 'key': pursuit.channel_key},
        {'dimension': 'campaign', 'key': pursuit.campaign_key},
        {'dimension': 'touchpoint', 'key': pursuit.touchpoint_key},
        {'dimension': 'source system', 'key': origin.key}
    ] || if(process.key is null, [], [{'dimension': 'pipeline', 'key': process.key}]) as asked_by

from fact_pipeline as pursuit
inner join report_member as origin
    on origin.dimension = 'source system' and origin.member = pursuit.source_system
left join report_member as process
    on process.dimension = 'pipeline' and process.member = coalesce(pursuit.pipeline, '(none)')
