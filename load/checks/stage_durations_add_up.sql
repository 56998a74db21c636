-- Question: Is the time a pursuit spent in its stages the time from its first to its last transition?
-- Severity: error
-- Grain: pursuit.
-- Sources: fact_stage_event.
-- Delta: pursuit_key of warehouse.fact_stage_event

select
    pursuit_key

from warehouse.fact_stage_event

where entered_at is not null

group by pursuit_key

-- Each duration is cut to whole seconds: the sum may fall short by under one second a stage. How long a stage took
-- beside one that nobody dates is not told.
having count(*) filter (where duration_seconds < 0) > 0
    or (
        max(event_number) - min(event_number) + 1 = count(*)
        and (epoch_us(max(entered_at)) - epoch_us(min(entered_at))) // 1000000
            - coalesce(sum(duration_seconds), 0) not between 0 and count(*)
    )
