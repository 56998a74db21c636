-- Question: what do subscriptions bring a month, how many are won and how many are lost?
-- Grain: breakdown, member and period from the first subscription up to the as-of day.
-- Sources: fact_subscription, customer_overview, dim_product, about, dim_date, report_member, report_period.

with today as (
    select day.date_key
    from about
    inner join dim_date as day on day."date" = cast(timezone(about.company_time_zone, about.as_of) as date)
),

-- A change of product leaves the one and comes to the other.
term as (
    select
        *,
        is_start or product_key is distinct from lag(product_key) over terms as is_product_start,
        is_end
        or coalesce(not lead(is_start) over terms and lead(product_key) over terms <> product_key, false) as is_product_end
    from fact_subscription
    where is_counted
    window terms as (partition by row_id order by term_number)
),

counted_as as (
    select
        term.customer_key,
        term.employee_key,
        term.product_key,
        term.from_date_key,
        term.to_date_key,
        term.reporting_amount,
        term.reporting_change_amount,
        unnest([
            {
                'is_of_product': false,
                'is_start': term.is_start,
                'is_end': term.is_end,
                'begun_date_key': term.begun_date_key
            },
            {
                'is_of_product': true,
                'is_start': term.is_product_start,
                'is_end': term.is_product_end,
                'begun_date_key': max(if(term.is_product_start, term.from_date_key, null)) over (
                    partition by term.row_id
                    order by term.term_number
                    rows between unbounded preceding and current row
                )
            }
        ], max_depth := 2)
    from term
),

-- A term moves figures on two days: when it begins and, where nothing follows, when it ends.
moved as (
    select
        customer_key,
        employee_key,
        product_key,
        is_of_product,
        from_date_key as date_key,
        begun_date_key,
        cast(is_start as bigint) as new_count,
        0 as ended_count,
        if(is_start, coalesce(reporting_amount, 0), 0) as new_amount,
        if(is_start, 0, greatest(reporting_change_amount, 0)) as expansion_amount,
        if(is_start, 0, greatest(-reporting_change_amount, 0)) as contraction_amount,
        0 as ended_amount
    from counted_as

    union all

    select
        customer_key,
        employee_key,
        product_key,
        is_of_product,
        to_date_key,
        begun_date_key,
        0,
        1,
        0,
        0,
        0,
        coalesce(reporting_amount, 0)
    from counted_as
    where is_end
),

spread as (
    select
        moved.* exclude (customer_key, employee_key, product_key, is_of_product),
        unnest(
            if(
                moved.is_of_product,
                [
                    {
                        'dimension': null,
                        'key': null,
                        'kind': 'product',
                        'word': if(moved.product_key > 0, coalesce(product.name, product.product_id), '(none)')
                    }
                ],
                [
                    {'dimension': 'all', 'key': 0, 'kind': null, 'word': null},
                    {
                        'dimension': 'employee',
                        'key': if(moved.employee_key > 0, moved.employee_key, coalesce(overview.employee_key, -2)),
                        'kind': null,
                        'word': null
                    },
                    {
                        'dimension': null,
                        'key': null,
                        'kind': 'party type',
                        'word': coalesce(customer.party_type, 'unknown')
                    },
                    {'dimension': null, 'key': null, 'kind': 'country', 'word': coalesce(customer.country_code, '(none)')}
                ]
            ),
            max_depth := 2
        )
    from moved
    cross join today
    left join customer_overview as overview using (customer_key)
    left join dim_customer as customer on customer.customer_key = moved.customer_key
    left join dim_product as product on product.product_key = moved.product_key
    where moved.date_key <= today.date_key
),

-- By day first: a day belongs to many periods, and a key to many members.
daily as (
    select
        coalesce(member.breakdown, spread.kind) as breakdown,
        coalesce(member.member, spread.word) as member,
        spread.date_key,
        spread.begun_date_key,
        sum(spread.new_count) as new_count,
        sum(spread.ended_count) as ended_count,
        sum(spread.new_amount) as new_amount,
        sum(spread.expansion_amount) as expansion_amount,
        sum(spread.contraction_amount) as contraction_amount,
        sum(spread.ended_amount) as ended_amount
    from spread
    left join report_member as member using (dimension, key)
    group by all
),

period as (
    select
        period_kind,
        period,
        min(date_key) as first_date_key,
        max(date_key) as last_date_key,
        row_number() over (partition by period_kind order by min(date_key)) as place
    from report_period
    group by period_kind, period
),

placed as (
    select
        daily.breakdown,
        daily.member,
        period.period_kind,
        period.place,
        sum(daily.new_count) as new_count,
        sum(daily.ended_count) as ended_count,
        sum(daily.ended_count) filter (where daily.begun_date_key < period.first_date_key) as churned_count,
        sum(daily.new_amount) as new_amount,
        sum(daily.expansion_amount) as expansion_amount,
        sum(daily.contraction_amount) as contraction_amount,
        sum(daily.ended_amount) as ended_amount,
        sum(daily.ended_amount) filter (where daily.begun_date_key < period.first_date_key) as churned_amount
    from daily
    inner join report_period as day using (date_key)
    inner join period using (period_kind, period)
    group by daily.breakdown, daily.member, period.period_kind, period.place
),

-- Periods have no gap from the first move of a member to now.
asked as (
    select
        first_move.breakdown,
        first_move.member,
        first_move.period_kind,
        unnest(range(first_move.place, latest.place + 1)) as place
    from (
        select
            breakdown,
            member,
            period_kind,
            min(place) as place
        from placed
        group by breakdown, member, period_kind
    ) as first_move
    inner join (
        select
            period.period_kind,
            period.place
        from today
        inner join report_period as day using (date_key)
        inner join period using (period_kind, period)
    ) as latest using (period_kind)
),

counted as (
    select
        asked.*,
        period.period,
        period.last_date_key,
        coalesce(placed.new_count, 0) as new_count,
        coalesce(placed.ended_count, 0) as ended_count,
        coalesce(placed.churned_count, 0) as churned_count,
        coalesce(placed.new_amount, 0) as new_amount,
        coalesce(placed.expansion_amount, 0) as expansion_amount,
        coalesce(placed.contraction_amount, 0) as contraction_amount,
        coalesce(placed.ended_amount, 0) as ended_amount,
        coalesce(placed.churned_amount, 0) as churned_amount
    from asked
    inner join period using (period_kind, place)
    left join placed using (breakdown, member, period_kind, place)
),

standing as (
    select
        *,
        sum(new_count - ended_count) over periods as closing_count,
        sum(new_amount + expansion_amount - contraction_amount - ended_amount) over periods as closing_amount
    from counted
    window periods as (partition by breakdown, member, period_kind order by place)
),

opened as (
    select
        *,
        closing_count - new_count + ended_count as opening_count,
        closing_amount - new_amount - expansion_amount + contraction_amount + ended_amount as opening_amount
    from standing
)

select
    opened.breakdown,
    opened.member,
    opened.period_kind,
    opened.period,
    opened.last_date_key < today.date_key as is_period_over,
    cast(opening_count as bigint) as opening_count,
    cast(new_count as bigint) as new_count,
    cast(ended_count as bigint) as ended_count,
    cast(closing_count as bigint) as closing_count,
    cast(churned_count as bigint) as churned_count,
    cast(churned_count / nullif(opening_count, 0) as decimal(18, 6)) as churn_rate,
    cast(opening_amount as decimal(38, 4)) as opening_amount,
    cast(new_amount as decimal(38, 4)) as new_amount,
    cast(expansion_amount as decimal(38, 4)) as expansion_amount,
    cast(contraction_amount as decimal(38, 4)) as contraction_amount,
    cast(ended_amount as decimal(38, 4)) as ended_amount,
    cast(closing_amount as decimal(38, 4)) as closing_amount,
    cast(churned_amount as decimal(38, 4)) as churned_amount,
    try_cast(churned_amount / nullif(opening_amount, 0) as decimal(18, 6)) as amount_churn_rate

from opened
cross join today
