-- Question: which subscriptions may look different now?
-- Grain: row id of subscription.
-- Sources: delivered subscriptions, and those of their ids, now or before; those of delivered items; those whose customer
-- moved; those in a foreign currency from the day of a rate that came; those that run now, or no longer.

with told as (
    select
        source_system,
        subscription_id
    from ods.subscription
    where row_id in (select row_id from changed.subscription)

    union

    select
        source_system,
        subscription_id
    from ods.subscription_version
    where row_id in (select row_id from changed.subscription)

    union

    select
        source_system,
        subscription_id
    from ods.subscription_item
    where row_id in (select row_id from changed.subscription_item)

    union

    select
        source_system,
        subscription_id
    from ods.subscription_item_version
    where row_id in (select row_id from changed.subscription_item)
)

select row_id from changed.subscription

union

select row_id
from ods.subscription
semi join told using (source_system, subscription_id)

union

select row_id
from warehouse.fact_subscription
where source_customer_key in (select source_customer_key from changed.moved)

union

select fact.row_id
from warehouse.fact_subscription as fact
cross join src.param
cross join src.changed_rate as since
where fact.currency_code <> param.company_currency and fact.from_date_key >= since.date_key

union

select fact.row_id
from warehouse.fact_subscription as fact
cross join src.moment
where fact.is_counted
    and fact.is_running <> (coalesce(fact.from_at <= moment.as_of, true) and coalesce(fact.to_at > moment.as_of, true))
