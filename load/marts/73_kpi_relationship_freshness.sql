-- Question: with which share of the customers have we spoken both ways lately, and what came of it?
-- Grain: breakdown and member.
-- A company whose feeds tell of no touch at all is not told that it speaks with nobody.
-- Whom every source has deleted is nobody to speak with any more.
-- Sources: customer_overview, dim_customer, fact_touch, about, report_member.

with today as (
    select cast(timezone(company_time_zone, as_of) as date) as today
    from about
),

known as (
    select
        customer.party_type,
        coalesce(customer.country_code, '(none)') as country_code,
        coalesce(overview.employee_key, -2) as employee_key,
        date_diff(
            'day',
            try_cast(strptime(cast(nullif(overview.last_two_way_date_key, -3) as varchar), '%Y%m%d') as date),
            today.today
        ) as days,
        coalesce(overview.open_pursuit_count, 0) > 0 as has_open_pursuit,
        coalesce(overview.won_count, 0) > 0 as has_won
    from dim_customer as customer
    left join customer_overview as overview using (customer_key)
    cross join today
    where customer.customer_key > 0 and not customer.is_deleted and exists (from fact_touch)
),

alike as (
    select
        party_type,
        country_code,
        employee_key,
        count(*) as customer_count,
        count(days) as spoken_count,
        count(*) filter (where days <= 30) as within_30_count,
        count(*) filter (where days <= 90) as within_90_count,
        count(*) filter (where days <= 180) as within_180_count,
        count(*) filter (where days <= 90 and has_open_pursuit) as within_90_open_count,
        count(*) filter (where days <= 90 and has_won) as within_90_won_count
    from known
    group by all
),

placed as (
    select
        alike.* exclude (party_type, country_code, employee_key),
        unnest([
            {'breakdown': 'party type', 'member': party_type},
            {'breakdown': 'country', 'member': country_code}
        ], max_depth := 2)
    from alike

    union all by name

    select
        spread.* exclude (dimension, key),
        member.breakdown,
        member.member
    from (
        select
            alike.* exclude (party_type, country_code, employee_key),
            unnest([{'dimension': 'all', 'key': 0}, {'dimension': 'employee', 'key': employee_key}], max_depth := 2)
        from alike
    ) as spread
    inner join report_member as member using (dimension, key)
),

counted as (
    select
        breakdown,
        member,
        cast(sum(customer_count) as bigint) as customer_count,
        cast(sum(spoken_count) as bigint) as spoken_count,
        cast(sum(within_30_count) as bigint) as within_30_count,
        cast(sum(within_90_count) as bigint) as within_90_count,
        cast(sum(within_180_count) as bigint) as within_180_count,
        cast(sum(within_90_open_count) as bigint) as within_90_open_count,
        cast(sum(within_90_won_count) as bigint) as within_90_won_count
    from placed
    group by breakdown, member
)

select
    *,
    cast(within_30_count / nullif(customer_count, 0) as decimal(18, 6)) as within_30_share,
    cast(within_90_count / nullif(customer_count, 0) as decimal(18, 6)) as within_90_share,
    cast(within_180_count / nullif(customer_count, 0) as decimal(18, 6)) as within_180_share

from counted
