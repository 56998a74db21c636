-- Question: how do the actual figures stand against what was to be reached, and against the year before?
-- Grain: metric, breakdown, member and period.
-- Sources: fact_target, fact_invoice_line, fact_profitability, fact_campaign_spend, fact_order_line, fact_customer_month, fact_pipeline, fact_stage_event, fact_touch, dim_product, dim_campaign, dim_employee, dim_funnel_stage, report_member, report_period, about.

-- A company whose invoices tell no lines earns what is ordered, net, and what they come to where it delivers no orders.
with earned as (
    select
        invoice_date_key // 100 * 100 + 1 as date_key,
        product_key,
        employee_key,
        sum(reporting_amount) as amount
    from fact_invoice_line
    where not is_void and exists (from fact_invoice_line where not is_whole_document)
    group by all

    union all

    select
        invoice_date_key // 100 * 100 + 1,
        product_key,
        employee_key,
        sum(reporting_amount)
    from fact_invoice_line
    where not is_void
        and not exists (from fact_invoice_line where not is_whole_document)
        and not exists (from fact_order_line)
    group by all

    union all

    select
        order_date_key // 100 * 100 + 1,
        product_key,
        employee_key,
        sum(reporting_amount)
    from fact_order_line
    where not is_cancelled and not exists (from fact_invoice_line where not is_whole_document)
    group by all
),

-- Figures of products and campaigns belong to divisions.
of_division as (
    select
        'revenue' as metric,
        earned.date_key,
        product.division,
        sum(earned.amount) as value
    from earned
    left join dim_product as product using (product_key)
    group by all

    union all

    select
        'units',
        line.order_date_key // 100 * 100 + 1,
        product.division,
        sum(line.quantity)
    from fact_order_line as line
    left join dim_product as product using (product_key)
    where not line.is_cancelled
    group by all

    union all

    select
        unnest(['margin', 'cost']),
        period_date_key // 100 * 100 + 1,
        division,
        unnest([sum(reporting_margin_amount) filter (where is_costed), sum(reporting_cost_amount)])
    from fact_profitability
    group by period_date_key // 100, division

    union all

    select
        'spend',
        spend.spent_date_key // 100 * 100 + 1,
        campaign.division,
        sum(spend.reporting_amount)
    from fact_campaign_spend as spend
    left join dim_campaign as campaign using (campaign_key)
    group by all
),

-- Figures of selling belong to persons, and through them to teams and divisions.
of_person as (
    select
        unnest(['pipeline', 'leads']) as metric,
        created_date_key // 100 * 100 + 1 as date_key,
        employee_key,
        unnest([sum(reporting_amount), count(lead_id)]) as value
    from fact_pipeline
    group by created_date_key // 100, employee_key

    union all

    select
        unnest(['bookings', 'deals']),
        closed_date_key // 100 * 100 + 1,
        employee_key,
        unnest([sum(reporting_amount), count(*)])
    from fact_pipeline
    where is_won
    group by closed_date_key // 100, employee_key

    union all

    select
        case stage.stage_id
            when 'presentation' then 'presentations'
            when 'proposal' then 'proposals'
            else 'appointments'
        end,
        event.entered_date_key // 100 * 100 + 1,
        event.employee_key,
        count(*)
    from fact_stage_event as event
    inner join dim_funnel_stage as stage using (stage_key)
    where stage.stage_id in ('appointment', 'second_appointment', 'presentation', 'proposal') and not event.is_reentry
    group by all

    union all

    select
        if(touch_kind = 'call', 'calls', 'meetings'),
        touch_date_key // 100 * 100 + 1,
        employee_key,
        count(*)
    from fact_touch
    where (touch_kind = 'call' and direction is distinct from 'in') or touch_kind in ('meeting', 'visit')
    group by all

    union all

    -- The divisions of what was earned are those of the products.
    select
        'revenue',
        date_key,
        employee_key,
        sum(amount)
    from earned
    group by date_key, employee_key
),

of_all as (
    select
        unnest(['orders', 'customers']) as metric,
        month_date_key as date_key,
        unnest([
            sum(order_count), count(*) filter (where months_since_first_order = 0 and customer_key > 0)
        ]) as value
    from fact_customer_month
    group by month_date_key
),

done as (
    select
        metric,
        date_key,
        unnest([
            {'breakdown': 'all', 'member': '(all)'},
            {'breakdown': 'division', 'member': coalesce(division, '(none)')}
        ], max_depth := 2),
        value
    from of_division

    union all

    select
        spread.metric,
        spread.date_key,
        member.breakdown,
        member.member,
        spread.value
    from (
        select
            * exclude (employee_key),
            unnest([
                {'dimension': 'all', 'key': 0},
                {'dimension': 'employee', 'key': employee_key}
            ], max_depth := 2)
        from of_person
    ) as spread
    inner join report_member as member using (dimension, key)
    where spread.metric <> 'revenue' or member.breakdown in ('team', 'sales person')

    union all

    select
        metric,
        date_key,
        'all',
        '(all)',
        value
    from of_all
),

-- Who is named without team or division is aimed at within those that the employees tell.
goal as (
    select
        target.metric,
        target.period_date_key as date_key,
        unnest([
            {'breakdown': 'all', 'member': '(all)'},
            {'breakdown': 'division', 'member': coalesce(target.division, person.division, '(none)')},
            {
                'breakdown': 'team',
                'member': coalesce(coalesce(target.division, person.division) || ' / ', '')
                    || coalesce(target.team, person.team, '(none)')
            },
            {
                'breakdown': 'sales person',
                'member': if(target.employee_key < 0, '(none)', coalesce(person.name, person.employee_id, '(none)'))
            }
        ], max_depth := 2),
        coalesce(target.reporting_amount, target.target_value) as value
    from fact_target as target
    left join dim_employee as person using (employee_key)
    where target.is_money = (target.reporting_amount is not null)
),

-- Where a metric is measured at all, a part that is aimed at and did nothing reached 0, once its period began.
nothing as (
    select goal.* replace (0 as value)
    from goal
    semi join done using (metric, breakdown)
    where goal.date_key <= (
        select cast(strftime(timezone(company_time_zone, as_of), '%Y%m%d') as integer)
        from about
    )
),

figure as (
    select
        done.metric,
        done.breakdown,
        done.member,
        period.period_kind,
        period.period,
        done.value as actual_value
    from (
        select * from done
        union all by name
        select * from nothing
    ) as done
    inner join report_period as period using (date_key)

    union all by name

    select
        done.metric,
        done.breakdown,
        done.member,
        period.period_kind,
        period.period,
        done.value as year_before_value
    from done
    inner join report_period as period on period.date_key = done.date_key + 10000
    where done.date_key > 0 and period.period_kind <> 'all'

    union all by name

    select
        goal.metric,
        goal.breakdown,
        goal.member,
        period.period_kind,
        period.period,
        goal.value as target_value
    from goal
    inner join report_period as period using (date_key)
),

added as (
    select
        metric,
        breakdown,
        member,
        period_kind,
        period,
        cast(sum(actual_value) as decimal(38, 4)) as actual_value,
        cast(sum(target_value) as decimal(38, 4)) as target_value,
        cast(sum(year_before_value) as decimal(38, 4)) as year_before_value
    from figure
    group by all
)

select
    *,
    case when target_value > 0 then try_cast(actual_value / target_value as decimal(18, 6)) end as attainment,
    case when year_before_value > 0 then try_cast(actual_value / year_before_value as decimal(18, 6)) end as year_before_ratio

from added
