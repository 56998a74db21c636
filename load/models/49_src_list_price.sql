-- Question: which list price did each product have, and on which days?
-- Grain: product that a line without price or amount names, and price. The first price holds before it too, a
-- product that is no longer delivered keeps its last one. A state counts from the day on which it began.
-- Sources: product with all its states, order_line, src look-ups.

with told as (
    select product_id, unit_price, currency_code, effective_at, row_id
    from ods.product_version
    where not is_deleted
    union
    select product_id, unit_price, currency_code, effective_at, row_id
    from ods.product
    where not is_deleted
),

-- Deliveries are no facts, so that src.time_slot does not know their moments: the zone is asked once a state.
dated as (
    select
        told.*,
        src.day(timezone(param.company_time_zone, told.effective_at)) as date_key
    from told
    cross join src.param
    where told.product_id in (select product_id from ods.order_line where unit_price is null and line_amount is null)
),

-- The last state of a day is that of the day.
daily as (
    select *
    from dated
    qualify row_number() over (
        partition by product_id, date_key
        order by effective_at desc, row_id, unit_price, currency_code
    ) = 1
)

select
    product_id,
    unit_price,
    currency_code,
    if(row_number() over product_days = 1, -1, date_key) as from_date_key,
    coalesce(lead(date_key) over product_days, 99999999) as before_date_key

from daily

window product_days as (partition by product_id order by date_key)
