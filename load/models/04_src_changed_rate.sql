-- Question: from which day on may amounts be converted at another rate than in the version before?
-- Grain: one row; date_key is null where no rate changed. A rate holds until the next one, so it changes no day before
-- its own, nor one before the day that it was for earlier.
-- Sources: exchange_rate.

with rate as (
    select
        row_id,
        rate_on
    from ods.exchange_rate

    union all

    select
        row_id,
        rate_on
    from ods.exchange_rate_version
)

select min(coalesce(src.day(rate.rate_on), 0)) as date_key

from changed.exchange_rate as changed
left join rate using (row_id)
