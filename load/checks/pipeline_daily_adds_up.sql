-- Question: Is the open pipeline of each day yesterday's with what was opened, reopened, moved and closed, and the last one that of today?
-- Severity: error
-- Grain: funnel and stage on a day.
-- Sources: fact_pipeline_daily, fact_pipeline, about.

with daily as (
    select
        funnel_name,
        stage_key,
        date_key,
        sum(open_count) as open_count,
        sum(
            opened_count + reopened_count + moved_in_count - moved_out_count
            - if(stage.is_terminal, opened_count, closed_count)
        ) as change
    from warehouse.fact_pipeline_daily
    left join warehouse.meta.funnel_stage as stage using (funnel_name, stage_key)
    group by funnel_name, stage_key, date_key
),

balance as (
    select
        funnel_name,
        stage_key,
        date_key,
        open_count,
        sum(change) over (partition by funnel_name, stage_key order by date_key) as expected_count
    from daily
),

closing as (
    select
        funnel_name,
        sum(opened_count + reopened_count - closed_count) as open_count
    from warehouse.fact_pipeline_daily
    group by funnel_name
),

today as (
    select cast(strftime(timezone(company_time_zone, as_of), '%Y%m%d') as integer) as date_key
    from warehouse.about
),

standing as (
    select
        funnel_name,
        count(*) as open_count
    from warehouse.fact_pipeline
    where (not is_closed or closed_date_key > (select date_key from today))
        and pursuit_key in (
            select pursuit_key
            from warehouse.fact_stage_event
            where entered_date_key > 0 and entered_date_key <= (select date_key from today)
        )
    group by funnel_name
)

select
    funnel_name,
    stage_key,
    date_key,
    'a day does not follow from the day before' as fault
from balance
where open_count <> expected_count

union all

select
    coalesce(closing.funnel_name, standing.funnel_name),
    null,
    null,
    'the last day is not what is open today' as fault
from closing
full join standing using (funnel_name)
where coalesce(closing.open_count, 0) <> coalesce(standing.open_count, 0)
