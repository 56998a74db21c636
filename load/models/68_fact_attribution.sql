-- Question: which touches earned each sale?
-- Grain: one marketing touch in the 90 days before one sale, the last 50 at most; a sale without any has one row.
-- A sale is an order, or a won pursuit that no order of its customer names. Touches are found by the deduplicated customer, so that an order taken by
-- phone is linked to what the customer did in the web store. All shares are computed in integers: a share is the
-- difference of two rounded running totals, so that the shares of a sale add up exactly.
-- Sources: fact_order_line, fact_pipeline, fact_online_funnel, fact_campaign_member, fact_touch.
-- Delta: customer_key of ods.idn.golden_customer and -1
-- Parts: 250000
-- Rows from: warehouse.fact_order_line, warehouse.fact_pipeline

with someone as (
    select distinct customer_key from affected.golden_customer
),

-- What a pursuit brought is counted as its order where the source says which that is.
ordered as (
    select distinct
        source_system,
        opportunity_id,
        customer_key
    from warehouse.fact_order_line
    where opportunity_id is not null
        and order_id is not null
        and not is_cancelled
        and customer_key in (select customer_key from someone)
),

-- The lines of one order that name different parties are sales of their own.
sale as (
    select
        src.key_of('order' || chr(31) || source_system || chr(31) || source_customer_key, order_id) as conversion_key,
        'order' as conversion_kind,
        source_system,
        order_id,
        source_customer_key,
        max(customer_key) as customer_key,
        min(ordered_at) as converted_at,
        min(order_date_key) as converted_date_key,
        max(campaign_key) as campaign_key,
        max(channel_key) as channel_key,
        cast(sum(reporting_amount) as decimal(18, 4)) as amount
    from warehouse.fact_order_line
    where not is_cancelled
        and order_id is not null
        and customer_key in (select customer_key from someone)
    group by source_system, order_id, source_customer_key

    union all

    select
        pursuit_key,
        'won pursuit',
        source_system,
        null,
        source_customer_key,
        customer_key,
        closed_at,
        closed_date_key,
        campaign_key,
        channel_key,
        reporting_amount
    from warehouse.fact_pipeline
    anti join ordered using (source_system, opportunity_id, customer_key)
    where is_won and customer_key in (select customer_key from someone)
),

touch as (
    select
        customer_key,
        'web session' as touch_kind,
        session_key as touch_key,
        started_at as touched_at,
        session_date_key as touched_date_key,
        campaign_key,
        channel_key
    from warehouse.fact_online_funnel
    where customer_key > 0 and customer_key in (select customer_key from someone) and started_at is not null and (campaign_key <> -2 or channel_key <> -2)

    union all

    select
        customer_key,
        'campaign member',
        member_key,
        coalesce(least(opened_at, clicked_at, responded_at), sent_at),
        case
            when least(opened_at, clicked_at, responded_at) is null then sent_date_key
            when opened_at = least(opened_at, clicked_at, responded_at) then opened_date_key
            when clicked_at = least(opened_at, clicked_at, responded_at) then clicked_date_key
            else responded_date_key
        end,
        campaign_key,
        channel_key
    from warehouse.fact_campaign_member
    where customer_key > 0 and customer_key in (select customer_key from someone) and not is_blocked and sent_at is not null

    union all

    select
        customer_key,
        'touch',
        src.key_of('touch', cast(row_id as varchar)),
        touched_at,
        touch_date_key,
        campaign_key,
        channel_key
    from warehouse.fact_touch
    where customer_key > 0 and customer_key in (select customer_key from someone) and touched_at is not null and campaign_key <> -2
),

met as (
    select
        sale.conversion_key,
        touch.touch_kind,
        touch.touch_key,
        touch.touched_at,
        touch.touched_date_key,
        touch.campaign_key,
        touch.channel_key
    from sale
    inner join touch
        on touch.customer_key = sale.customer_key
        and touch.touched_at <= sale.converted_at
        and epoch_us(touch.touched_at) > epoch_us(sale.converted_at) - cast(7776000000000 as bigint)
),

-- What the sale itself names, where no touch tells of it.
named as (
    select
        sale.conversion_key,
        if(sale.conversion_kind = 'order', 'order', 'pursuit') as touch_kind,
        sale.conversion_key as touch_key,
        sale.converted_at as touched_at,
        sale.converted_date_key as touched_date_key,
        sale.campaign_key,
        sale.channel_key
    from sale
    anti join met
        on met.conversion_key = sale.conversion_key
        and met.campaign_key = sale.campaign_key
        and met.channel_key = sale.channel_key
    where sale.campaign_key <> -2 or sale.channel_key > 0
),

recent as (
    select *
    from (
        select * from met
        union all
        select * from named
    )
    qualify row_number() over (
        partition by conversion_key
        order by touched_at desc nulls last, touch_kind, touch_key
    ) <= 50
),

numbered as (
    select
        *,
        row_number() over (partition by conversion_key order by touched_at nulls first, touch_kind, touch_key) as nth,
        count(*) over (partition by conversion_key) as touch_count
    from recent
),

share as (
    select
        sale.*,
        coalesce(numbered.nth, 0) as touch_number,
        coalesce(numbered.touch_kind, 'none') as touch_kind,
        numbered.touched_at,
        coalesce(numbered.touched_date_key, -2) as touched_date_key,
        coalesce(numbered.campaign_key, -2) as touch_campaign_key,
        coalesce(numbered.channel_key, -2) as touch_channel_key,
        coalesce(numbered.touch_count, 0) as touch_count,
        src.days_between(numbered.touched_at, sale.converted_at) as days_before,
        coalesce(numbered.nth, 1) as nth,
        coalesce(numbered.touch_count, 1) as n
    from sale
    left join numbered using (conversion_key)
),

-- What touch n of a sale is worth beside its others; of touches 1 to n the running total where it has a formula.
raw as (
    select
        *,
        cast(nth = n as bigint) as last_part,
        cast(1 as bigint) << cast(12 - least(coalesce(days_before, 0) // 7, 12) as integer) as decay_part,
        case
            when n <= 2 then 1
            when nth in (1, n) then 2 * (n - 2)
            else 1
        end as position_part,
        case
            when n <= 2 then nth
            when nth = n then 5 * (n - 2)
            else 2 * (n - 2) + nth - 1
        end as position_sum,
        if(n <= 2, n, 5 * (n - 2)) as position_whole
    from share
),

summed as (
    select
        *,
        cast(sum(decay_part) over (partition by conversion_key order by nth) as bigint) as decay_sum,
        cast(sum(decay_part) over (partition by conversion_key) as bigint) as decay_whole
    from raw
),

weighed as (
    select
        *,
        if(nth = 1, 0, 1000000) as first_before,
        1000000 as first_total,
        0 as last_before,
        1000000 * last_part as last_total,
        1000000 * (nth - 1) // n as linear_before,
        1000000 * nth // n as linear_total,
        1000000 * (decay_sum - decay_part) // decay_whole as decay_before,
        1000000 * decay_sum // decay_whole as decay_total,
        1000000 * (position_sum - position_part) // position_whole as position_before,
        1000000 * position_sum // position_whole as position_total
    from summed
)

select
    conversion_key,
    touch_number,
    conversion_kind,
    source_system,
    order_id,
    source_customer_key,
    customer_key,
    converted_at,
    coalesce(converted_date_key, -1) as converted_date_key,
    touch_kind,
    touched_at,
    touched_date_key,
    touch_campaign_key as campaign_key,
    touch_channel_key as channel_key,
    touch_count,
    days_before as days_before_conversion,
    amount as reporting_amount,
    first_total - first_before as first_weight,
    last_total - last_before as last_weight,
    linear_total - linear_before as linear_weight,
    decay_total - decay_before as time_decay_weight,
    position_total - position_before as position_weight,
    src.share(amount, first_before, first_total) as first_reporting_amount,
    src.share(amount, last_before, last_total) as last_reporting_amount,
    src.share(amount, linear_before, linear_total) as linear_reporting_amount,
    src.share(amount, decay_before, decay_total) as time_decay_reporting_amount,
    src.share(amount, position_before, position_total) as position_reporting_amount

from weighed
