-- Question: how long do pursuits stay in each stage?
-- Grain: funnel, stage, breakdown, member and period in which the stage was entered.
-- Sources: fact_stage_event, fact_pipeline, dim_funnel_stage, report_member, report_period.

-- A visit is of who had the pursuit then, so the list of report_pursuit does not do.
with visit as (
    select
        event.funnel_name,
        event.stage_key,
        -- A stage that no funnel knows is called as its source calls it.
        if(event.stage_key > 0, null, event.stage_word) as stage_word,
        event.entered_date_key,
        event.duration_seconds,
        cast(event.duration_days as bigint) as days,
        unnest([
            {'dimension': 'all', 'key': 0},
            {'dimension': 'division', 'key': pursuit.org_unit_key},
            {'dimension': 'owner', 'key': event.employee_key},
            {'dimension': 'channel', 'key': pursuit.channel_key},
            {'dimension': 'campaign', 'key': pursuit.campaign_key},
            {'dimension': 'touchpoint', 'key': pursuit.touchpoint_key},
            {'dimension': 'source system', 'key': origin.key}
        ] || if(process.key is null, [], [{'dimension': 'pipeline', 'key': process.key}]), max_depth := 2)
    from fact_stage_event as event
    inner join fact_pipeline as pursuit using (pursuit_key)
    inner join report_member as origin
        on origin.dimension = 'source system' and origin.member = pursuit.source_system
    left join report_member as process
        on process.dimension = 'pipeline' and process.member = coalesce(pursuit.pipeline, '(none)')
),

-- Quantiles do not add up: each is taken from the visits themselves. Members
-- and periods are grouped by number, which is fast; their kinds by name, so
-- that a question for one kind reads only that.
numbered as (
    select
        visit.funnel_name,
        visit.stage_key,
        visit.stage_word,
        member.breakdown,
        member.member_number,
        period.period_kind,
        period.period_number,
        count(*) as visit_count,
        count(duration_seconds) as finished_count,
        quantile_disc(days, [0.5, 0.9]) as days_quantiles,
        cast(sum(duration_seconds) as bigint) as total_seconds
    from visit
    inner join report_member as member using (dimension, key)
    inner join report_period as period on period.date_key = visit.entered_date_key
    group by all
),

measured as (
    select
        numbered.*,
        member.member,
        period.period
    from numbered
    inner join (select distinct member_number, member from report_member) as member using (member_number)
    inner join (select distinct period_number, period from report_period) as period using (period_number)
)

select
    measured.funnel_name,
    measured.breakdown,
    measured.member,
    measured.period_kind,
    measured.period,
    stage.stage_rank,
    coalesce(measured.stage_word, stage.name) as stage_name,
    measured.visit_count,
    measured.finished_count,
    measured.days_quantiles[1] as median_days,
    measured.days_quantiles[2] as p90_days,
    measured.total_seconds,
    cast(measured.total_seconds / nullif(86400 * measured.finished_count, 0) as decimal(18, 6)) as average_days

from measured
left join dim_funnel_stage as stage using (stage_key)
