-- Question: which subscriptions do customers have, and what does each bring a month?
-- Grain: one term of one subscription: the time in which product, quantity and price stayed as they were. One that
-- never changed has one; one that ended and began again has a term for each of its lives. Changes are found by
-- comparing deliveries; where two feeds of a system tell of one subscription, the newer counts.
-- Sources: subscription and subscription_item with all their states, product, src look-ups, dim_product, src.employee_ref,
-- idn.source_record.
-- Delta: row_id of ods.subscription
-- Whole with: ods.product, warehouse.dim_product, src.employee_ref
-- Rows from: ods.subscription

with one as (
    select *
    from affected.subscription
    where not is_deleted
    qualify row_number() over (
        partition by source_system, coalesce(subscription_id, cast(row_id as varchar))
        order by effective_at desc, row_id
    ) = 1
),

-- What a plan costs, and how often.
plan as (
    select
        product.product_id,
        product.unit_price,
        product.currency_code,
        word.meaning as interval,
        coalesce(product.price_interval_count, 1) as interval_count
    from ods.product as product
    left join src.word_meaning as word on word.subject = 'interval' and word.word = product.price_interval
    where product.product_id is not null and not product.is_deleted
    qualify row_number() over (partition by product.product_id order by product.effective_at desc, product.row_id) = 1
),

item_state as (
    select
        told.*,
        row_number() over (
            partition by told.row_id, told.effective_at
            order by delivery.sequence desc nulls last, told.file_key desc, told.is_deleted desc
        ) as turn
    from (
        select
            row_id, source_system, subscription_id, product_id, quantity, unit_price, amount, interval, interval_count,
            currency_code, effective_at, is_deleted, file_key
        from ods.subscription_item_version
        union
        select
            row_id, source_system, subscription_id, product_id, quantity, unit_price, amount, interval, interval_count,
            currency_code, effective_at, is_deleted, file_key
        from ods.subscription_item
    ) as told
    semi join one using (source_system, subscription_id)
    left join (select file_key, sequence from warehouse.meta.delivery) as delivery on delivery.file_key = told.file_key
),

item as (
    select
        item.source_system,
        item.subscription_id,
        item.product_id,
        coalesce(item.quantity, 1) as quantity,
        coalesce(item.currency_code, plan.currency_code) as currency_code,
        src.monthly(
            cast(coalesce(
                item.amount, src.amount_of(coalesce(item.quantity, 1), coalesce(item.unit_price, plan.unit_price), 0)
            ) as decimal(18, 4)),
            if(item.interval is null, plan.interval, word.meaning),
            if(item.interval is null, plan.interval_count, coalesce(item.interval_count, 1))
        ) as monthly_amount,
        item.is_deleted,
        item.effective_at as from_at,
        lead(item.effective_at) over (partition by item.row_id order by item.effective_at) as to_at
    from item_state as item
    left join plan using (product_id)
    left join src.word_meaning as word on word.subject = 'interval' and word.word = item.interval
    where item.turn = 1
),

-- When the items of a subscription changed; what is told first of them holds from the beginning.
item_moment as (
    select
        source_system,
        subscription_id,
        from_at as at,
        row_number() over (partition by source_system, subscription_id order by from_at) as turn
    from (select distinct source_system, subscription_id, from_at from item)
),

-- One item without an amount, or amounts in two currencies, and nobody knows what the whole brings.
of_items as (
    select
        moment.source_system,
        moment.subscription_id,
        if(moment.turn = 1, timestamptz '0001-01-01 00:00:00+00', moment.at) as from_at,
        if(count(distinct item.product_id) = 1, min(item.product_id), null) as product_id,
        sum(item.quantity) as quantity,
        if(count(distinct item.currency_code) = 1, min(item.currency_code), null) as currency_code,
        if(
            count(*) = count(item.monthly_amount) and count(distinct item.currency_code) <= 1,
            sum(item.monthly_amount), null
        ) as monthly_amount
    from item_moment as moment
    inner join item
        on item.source_system = moment.source_system
        and item.subscription_id = moment.subscription_id
        and item.from_at <= moment.at
        and coalesce(item.to_at > moment.at, true)
    where not item.is_deleted
    group by moment.source_system, moment.subscription_id, moment.at, moment.turn
),

delivered_state as (
    select told.*
    from (
        select
            row_id, product_id, plan, quantity, unit_price, amount, interval, interval_count, currency_code, status,
            started_at, trial_ends_at, cancelled_at, ended_at, updated_at, effective_at, file_key
        from ods.subscription_version
        where not is_deleted
        union
        select
            row_id, product_id, plan, quantity, unit_price, amount, interval, interval_count, currency_code, status,
            started_at, trial_ends_at, cancelled_at, ended_at, updated_at, effective_at, file_key
        from ods.subscription
        where not is_deleted
    ) as told
    semi join one using (row_id)
),

-- The last that was told at each moment.
settled_state as (
    select delivered_state.*
    from delivered_state
    left join (select file_key, sequence from warehouse.meta.delivery) as delivery using (file_key)
    qualify row_number() over (
        partition by row_id, effective_at
        order by delivery.sequence desc nulls last, updated_at desc nulls last, file_key desc
    ) = 1
),

-- A subscription whose items change is in a new state, too.
state as (
    from delivered_state

    union all by name

    select
        settled_state.* replace (moment.at as effective_at, moment.at as updated_at)
    from (
        select
            one.row_id,
            item_moment.at
        from item_moment
        inner join one using (source_system, subscription_id)
        where item_moment.turn > 1
    ) as moment
    asof join settled_state
        on settled_state.row_id = moment.row_id and moment.at >= settled_state.effective_at
),

told as (
    select
        state.row_id,
        coalesce(state.product_id, of_items.product_id) as product_id,
        state.plan,
        coalesce(state.quantity, of_items.quantity) as quantity,
        if(state.interval is null, plan.interval, word.meaning) as interval,
        if(state.interval is null, plan.interval_count, coalesce(state.interval_count, 1)) as interval_count,
        coalesce(state.currency_code, of_items.currency_code, plan.currency_code) as currency_code,
        status.meaning as progress,
        case
            when state.amount is null and state.unit_price is null and of_items.subscription_id is not null
                then of_items.monthly_amount
            else src.monthly(
                cast(coalesce(
                    state.amount,
                    src.amount_of(coalesce(state.quantity, 1), coalesce(state.unit_price, plan.unit_price), 0)
                ) as decimal(18, 4)),
                if(state.interval is null, plan.interval, word.meaning),
                if(state.interval is null, plan.interval_count, coalesce(state.interval_count, 1))
            )
        end as full_amount,
        greatest(state.started_at, state.trial_ends_at) as begins_at,
        state.started_at,
        state.trial_ends_at,
        state.effective_at,
        coalesce(state.updated_at, if(epoch_us(state.effective_at) = 0, null, state.effective_at)) as told_at,
        case
            when state.ended_at is not null then state.ended_at
            when status.meaning = 'ended'
                then coalesce(state.cancelled_at, state.updated_at, if(epoch_us(state.effective_at) = 0, null, state.effective_at))
            when status.meaning is null then state.cancelled_at
        end as ends_at,
        coalesce(status.meaning = 'ended', state.cancelled_at is not null and status.meaning is null) as is_over,
        row_number() over (
            partition by state.row_id
            order by state.effective_at, delivery.sequence nulls first, state.updated_at nulls first, state.file_key
        ) as turn
    from state
    inner join one using (row_id)
    left join (select file_key, sequence from warehouse.meta.delivery) as delivery on delivery.file_key = state.file_key
    left join plan on plan.product_id = state.product_id
    asof left join of_items
        on of_items.source_system = one.source_system
        and of_items.subscription_id = one.subscription_id
        and state.effective_at >= of_items.from_at
    left join src.word_meaning as word on word.subject = 'interval' and word.word = state.interval
    left join src.word_meaning as status on status.subject = 'subscription_status' and status.word = state.status
),

-- What is tried free of charge or rests brings nothing; what was a draft had not begun.
worth as (
    select
        *,
        case
            when progress = 'paused' or (progress = 'trial' and trial_ends_at is null) then cast(0 as decimal(18, 4))
            else full_amount
        end as monthly_amount
    from told
    qualify progress is distinct from 'draft' or bool_and(coalesce(progress = 'draft', false)) over (partition by row_id)
),

-- An end that moves on, or is taken back, before it came is no end.
compared as (
    select
        *,
        coalesce(
            lag(is_over) over states and not is_over and coalesce(lag(ends_at) over states <= told_at, true), false
        ) as is_resumed,
        turn > min(turn) over (partition by row_id)
            and (product_id, plan, quantity, interval, interval_count, currency_code, monthly_amount)
                is distinct from lag((product_id, plan, quantity, interval, interval_count, currency_code, monthly_amount))
                    over states
            and not is_over as is_changed,
        max(if(is_over, ends_at, null)) over (
            partition by row_id
            order by turn
            rows between unbounded preceding and 1 preceding
        ) as ended_before_at
    from worth
    window states as (partition by row_id order by turn)
),

numbered as (
    select
        *,
        sum(cast(is_resumed or is_changed as integer)) over (partition by row_id order by turn) as part
    from compared
),

part as (
    select
        row_id,
        part,
        bool_or(is_resumed) as is_resumed,
        arg_min(told_at, turn) as told_at,
        max({'turn': turn, 'begins_at': begins_at}).begins_at as begins_at,
        arg_max(started_at, turn) as started_at,
        max({'turn': turn, 'ends_at': ends_at}).ends_at as ends_at,
        max(ended_before_at) as ended_before_at,
        arg_min({
            'product_id': product_id, 'plan': plan, 'quantity': quantity, 'interval': interval,
            'interval_count': interval_count, 'currency_code': currency_code, 'monthly_amount': monthly_amount
        }, turn) as was,
        max({'turn': turn, 'progress': progress}).progress as progress
    from numbered
    group by row_id, part
),

begun as (
    select
        *,
        case
            when part = 0 then begins_at
            when is_resumed and started_at > ended_before_at then started_at
            else greatest(told_at, begins_at)
        end as from_at
    from part
),

bounded as (
    select
        *,
        case when lead(is_resumed) over parts then ends_at else coalesce(lead(from_at) over parts, ends_at) end as to_at
    from begun
    window parts as (partition by row_id order by part)
),

-- What was told anew before it began, or with its end, has lasted no time, unless nothing else is told.
lasting as (
    select *
    from bounded
    qualify coalesce(to_at > from_at, true)
        or (
            count(*) filter (where coalesce(to_at > from_at, true)) over (partition by row_id) = 0
            and part = max(part) over (partition by row_id)
        )
),

placed as (
    select
        lasting.*,
        row_number() over parts as term_number,
        lag(to_at) over parts is distinct from from_at or lag(part) over parts is null as is_start,
        lead(from_at) over parts is distinct from to_at or lead(part) over parts is null as is_last_of_life,
        lead(part) over parts is null as is_latest,
        coalesce(was.currency_code, param.company_currency) as money_currency_code,
        entered.date_key as from_day
    from lasting
    cross join src.param
    left join src.time_slot as entered on entered.slot = src.slot(lasting.from_at)
    window parts as (partition by lasting.row_id order by lasting.part)
),

converted as (
    select
        placed.*,
        case
            when placed.money_currency_code = param.company_currency then placed.was.monthly_amount
            else src.converted(placed.was.monthly_amount, rate.numerator, rate.denominator)
        end as reporting_amount
    from placed
    cross join src.param
    left join src.rate_day as rate
        on rate.currency_code = placed.money_currency_code and rate.date_key = placed.from_day
),

moved as (
    select
        *,
        -- Nothing tells when it was on: it counts in no period.
        is_latest and to_at is null and coalesce(progress = 'ended', false) as is_over_undated,
        coalesce(reporting_amount, 0) - if(is_start, 0, coalesce(lag(reporting_amount) over parts, 0)) as reporting_change,
        max(if(is_start, term_number, null)) over (
            partition by row_id
            order by term_number
            rows between unbounded preceding and current row
        ) as first_term_number
    from converted
    window parts as (partition by row_id order by term_number)
)

select
    moved.row_id,
    one.source_system,
    one.subscription_id,
    moved.term_number,
    coalesce(one.source_customer_key, -1) as source_customer_key,
    coalesce(party.customer_key, -1) as customer_key,
    case when moved.was.product_id is null then -2 else coalesce(product.product_key, -1) end as product_key,
    coalesce(employee.employee_key, -2) as employee_key,
    moved.was.plan as plan,
    moved.was.quantity as quantity,
    moved.was.interval as billing_interval,
    moved.was.interval_count as billing_interval_count,
    cast(moved.was.monthly_amount as decimal(18, 4)) as monthly_amount,
    moved.money_currency_code as currency_code,
    cast(moved.reporting_amount as decimal(18, 4)) as reporting_amount,
    cast(moved.reporting_change as decimal(18, 4)) as reporting_change_amount,
    one.status as subscription_status,
    moved.progress,
    moved.from_at,
    moved.to_at,
    coalesce(moved.from_day, -1) as from_date_key,
    if(moved.to_at is null, -3, coalesce(left_day.date_key, -1)) as to_date_key,
    coalesce(first_term.from_day, -1) as begun_date_key,
    moved.is_start,
    moved.is_last_of_life and moved.to_at is not null as is_end,
    moved.is_latest,
    coalesce(moved.to_at > moved.from_at, true) and moved.progress is distinct from 'draft' and not moved.is_over_undated
        as is_counted,
    moved.progress is distinct from 'draft'
        and not moved.is_over_undated
        and coalesce(moved.to_at > moved.from_at, true)
        and coalesce(moved.from_at <= moment.as_of, true)
        and coalesce(moved.to_at > moment.as_of, true) as is_running,
    one.file_key as source_file_key,
    one.source_row

from moved
cross join src.moment
inner join one using (row_id)
inner join moved as first_term
    on first_term.row_id = moved.row_id and first_term.term_number = moved.first_term_number
left join ods.idn.source_record as party on party.source_customer_key = one.source_customer_key
left join warehouse.dim_product as product on product.product_id = moved.was.product_id
left join src.employee_ref as employee on employee.told_id = one.employee_id
left join src.time_slot as left_day on left_day.slot = src.slot(moved.to_at)
