-- Question: which lead and which opportunity are one pursuit, and what do the sources say of it?
-- Grain: pursuit = lead with the opportunity it converts to, or an opportunity without lead. A lead that
-- names several opportunities, or is named by several, takes the one it names, else the first created;
-- the others are pursuits of their own.
-- Customer and account are the row's own, else those that a table of associations ties to it; the customer
-- of a pursuit that names an account only is the account's.
-- Where a system tells of no leads, or no opportunities, at all, those of its stage history stand for them.
-- Sources: lead, opportunity, stage_event, account, src.tie, src.named_funnel, dim_employee, src.employee_ref, dim_campaign, src look-ups.
-- Rows from: ods.lead, ods.opportunity, ods.stage_event

with change as (
    select
        *,
        max({'at': "at", 'row_id': row_id, 'employee_id': employee_id}) filter (where employee_id is not null)
            over (partition by source_system, lead_id, opportunity_id) as owner
    from ods.stage_event
    where not is_deleted and stage is not null
    qualify row_number() over (partition by source_system, lead_id, opportunity_id order by row_id) = 1
),

lead_one as (
    select *
    from ods.lead
    where lead_id is not null and not is_deleted
    qualify row_number() over (partition by source_system, lead_id order by effective_at desc, row_id) = 1

    union all by name

    select
        change.source_system,
        change.lead_id,
        change.owner.employee_id as employee_id,
        change.file_key,
        change.source_row
    from change
    where change.opportunity_id is null
        and change.lead_id is not null
        and change.source_system not in (select source_system from ods.lead)
),

opportunity_one as (
    select *
    from ods.opportunity
    where opportunity_id is not null and not is_deleted
    qualify row_number() over (partition by source_system, opportunity_id order by effective_at desc, row_id) = 1

    union all by name

    select
        change.source_system,
        change.opportunity_id,
        change.lead_id,
        change.owner.employee_id as employee_id,
        change.file_key,
        change.source_row
    from change
    where change.opportunity_id is not null
        and change.source_system not in (select source_system from ods.opportunity)
    qualify row_number() over (partition by change.source_system, change.opportunity_id order by change.lead_id) = 1
),

account_one as (
    select
        source_system,
        account_id,
        source_customer_key
    from ods.account
    where account_id is not null and not is_deleted
    qualify row_number() over (partition by source_system, account_id order by effective_at desc, row_id) = 1
),

claims as (
    select
        lead_one.source_system,
        lead_one.lead_id,
        opportunity_one.opportunity_id,
        opportunity_one.created_at,
        lead_one.created_at as lead_created_at,
        if(lead_one.opportunity_id = opportunity_one.opportunity_id, 1, 2) as preference
    from opportunity_one
    inner join lead_one
        on lead_one.source_system = opportunity_one.source_system
        and lead_one.opportunity_id = opportunity_one.opportunity_id

    union

    select
        lead_one.source_system,
        lead_one.lead_id,
        opportunity_one.opportunity_id,
        opportunity_one.created_at,
        lead_one.created_at,
        if(lead_one.opportunity_id = opportunity_one.opportunity_id, 1, 2)
    from opportunity_one
    inner join lead_one
        on lead_one.source_system = opportunity_one.source_system
        and lead_one.lead_id = opportunity_one.lead_id
),

one_of_lead as (
    select *
    from claims
    qualify row_number() over (
        partition by source_system, lead_id
        order by preference, created_at nulls last, opportunity_id
    ) = 1
),

link as (
    select *
    from one_of_lead
    qualify row_number() over (
        partition by source_system, opportunity_id
        order by preference, lead_created_at nulls last, lead_id
    ) = 1
),

paired as (
    select
        lead_one as l,
        opportunity_one as o
    from lead_one
    left join link using (source_system, lead_id)
    left join opportunity_one
        on opportunity_one.source_system = link.source_system
        and opportunity_one.opportunity_id = link.opportunity_id

    union all

    select
        null,
        opportunity_one
    from opportunity_one
    anti join link using (source_system, opportunity_id)
),

pursuit as (
    select
        coalesce(l.source_system, o.source_system) as source_system,
        l.lead_id as lead_id,
        o.opportunity_id as opportunity_id,
        coalesce(
            src.key_of('account' || chr(31) || o.source_system, coalesce(o.account_id, deal_tie.account_id)), -2
        ) as account_key,
        coalesce(
            src.key_of('lead' || chr(31) || l.source_system, l.lead_id),
            src.key_of('opportunity' || chr(31) || o.source_system, o.opportunity_id)
        ) as pursuit_key,
        coalesce(
            o.source_customer_key,
            deal_tie.source_customer_key,
            l.source_customer_key,
            lead_tie.source_customer_key,
            account_one.source_customer_key,
            -1
        ) as source_customer_key,
        coalesce(l.referred_by_source_customer_key, o.referred_by_source_customer_key)
            as referred_by_source_customer_key,
        coalesce(l.campaign_id, o.campaign_id) as campaign_id,
        coalesce(l.channel, o.channel) as channel,
        case
            when coalesce(o.employee_id, o.employee_name) is not null then o.employee_id
            else l.employee_id
        end as employee_id,
        case
            when coalesce(o.employee_id, o.employee_name) is not null then o.employee_name
            else l.employee_name
        end as employee_name,
        coalesce(o.pipeline, l.pipeline) as pipeline,
        coalesce(o.division, l.division) as division,
        coalesce(o.product_interest, l.product_interest) as product_interest,
        l.created_at as lead_created_at,
        o.created_at as opportunity_created_at,
        l.row_id as lead_row_id,
        o.row_id as opportunity_row_id,
        l.status as lead_status,
        o.status as opportunity_status,
        coalesce(l.created_at, l.updated_at, if(epoch_us(l.effective_at) = 0, null, l.effective_at)) as lead_begins_at,
        coalesce(o.created_at, o.updated_at, if(epoch_us(o.effective_at) = 0, null, o.effective_at)) as opportunity_begins_at,
        o.closed_at as closed_at,
        o.expected_close_date as expected_close_date,
        o.probability_percent as probability_percent,
        coalesce(o.amount, l.estimated_amount) as estimated_amount,
        coalesce(if(o.amount is null, l.currency_code, o.currency_code), l.currency_code, o.currency_code) as currency_code,
        coalesce(o.lost_reason, l.lost_reason) as lost_reason,
        o.competitor as competitor,
        coalesce(l.file_key, o.file_key) as source_file_key,
        coalesce(l.source_row, o.source_row) as source_row
    from paired
    left join src.tie as deal_tie
        on deal_tie.source_system = o.source_system
        and deal_tie.entity = 'opportunity'
        and deal_tie.id = o.opportunity_id
    left join src.tie as lead_tie
        on lead_tie.source_system = l.source_system
        and lead_tie.entity = 'lead'
        and lead_tie.id = l.lead_id
    left join account_one
        on account_one.source_system = o.source_system
        and account_one.account_id = coalesce(o.account_id, deal_tie.account_id)
)

select
    pursuit.* exclude (employee_id, employee_name, division, campaign_id, channel),
    coalesce(named_funnel.funnel_name, 'sales') as funnel_name,
    coalesce(party.customer_key, -1) as customer_key,
    case
        when pursuit.referred_by_source_customer_key is null then -2
        else coalesce(referrer.customer_key, -1)
    end as referred_by_customer_key,
    coalesce(campaign.campaign_key, -2) as campaign_key,
    coalesce(channel.channel_key, campaign.channel_key, -2) as channel_key,
    coalesce(employee.employee_key, -2) as employee_key,
    coalesce(pursuit.division, employee.division) as division,
    coalesce(unit.org_unit_key, -2) as org_unit_key

from pursuit
left join src.named_funnel as named_funnel
    on named_funnel.source_system = pursuit.source_system
    and named_funnel.pipeline is not distinct from pursuit.pipeline
left join ods.idn.source_record as party on party.source_customer_key = pursuit.source_customer_key
left join ods.idn.source_record as referrer
    on referrer.source_customer_key = pursuit.referred_by_source_customer_key
left join warehouse.dim_campaign as campaign on campaign.campaign_id = pursuit.campaign_id
left join src.channel_word as channel on channel.word = pursuit.channel
left join src.employee_name as called
    on called.name = if(pursuit.employee_id is null, pursuit.employee_name, null)
left join src.employee_ref as meant on meant.told_id = pursuit.employee_id
left join warehouse.dim_employee as employee
    on employee.employee_key = coalesce(meant.employee_key, called.employee_key)
left join src.org_unit_name as unit
    on unit.level = 'division' and unit.name = coalesce(pursuit.division, employee.division)
