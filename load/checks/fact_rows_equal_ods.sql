-- Question: Does every fact hold each row of the ODS once, none lost or multiplied by a join?
-- Severity: error
-- Grain: fact.
-- Sources: facts and their driving entities.

with counted as (
    select
        'fact_order_line' as table_name,
        (select count(*) from warehouse.fact_order_line) as fact_rows,
        (select count(*) from ods.order_line where not is_deleted) as ods_rows

    union all

    select
        'fact_invoice_line' as table_name,
        (select count(*) from warehouse.fact_invoice_line where not is_whole_document) as fact_rows,
        (select count(*) from ods.invoice_line where not is_deleted) as ods_rows

    union all

    select
        'fact_invoice_line, documents without lines',
        (select count(*) from warehouse.fact_invoice_line where is_whole_document),
        (
            select count(*)
            from (
                select document.total_amount
                from ods.invoice as document
                anti join (select source_system, invoice_id from ods.invoice_line where not is_deleted) as line
                    on line.source_system = document.source_system and line.invoice_id = document.invoice_id
                where document.invoice_id is not null and not document.is_deleted
                qualify row_number() over (
                    partition by document.source_system, document.invoice_id
                    order by document.effective_at desc, document.row_id
                ) = 1
            )
            where total_amount is not null
        )

    union all

    select
        'fact_payment' as table_name,
        (select count(*) from warehouse.fact_payment) as fact_rows,
        (select count(*) from ods.payment where not is_deleted)
        + (select count(*) from ods.refund where not is_deleted and amount is not null) as ods_rows

    union all

    select
        'fact_touch' as table_name,
        (select count(*) from warehouse.fact_touch) as fact_rows,
        (select count(*) from ods.activity where not is_deleted) as ods_rows

    union all

    select
        'fact_web_event' as table_name,
        (select count(*) from warehouse.fact_web_event) as fact_rows,
        (select count(*) from ods.web_event where not is_deleted) as ods_rows

    union all

    select
        'fact_campaign_spend' as table_name,
        (select count(*) from warehouse.fact_campaign_spend) as fact_rows,
        (select count(*) from ods.campaign_spend where not is_deleted) as ods_rows

    union all

    select
        'fact_target' as table_name,
        (select count(*) from warehouse.fact_target) as fact_rows,
        (select count(*) from ods.target where not is_deleted) as ods_rows

    union all

    select
        'fact_profitability' as table_name,
        (select count(*) from warehouse.fact_profitability) as fact_rows,
        (select count(*) from ods.profitability where not is_deleted) as ods_rows

    union all

    select
        'fact_survey_response' as table_name,
        (select count(*) from warehouse.fact_survey_response) as fact_rows,
        (select count(*) from ods.survey_response where not is_deleted) as ods_rows

    union all

    select
        'fact_subscription' as table_name,
        (select count(*) from warehouse.fact_subscription where is_latest) as fact_rows,
        (
            select count(*)
            from (
                select distinct source_system, coalesce(subscription_id, cast(row_id as varchar))
                from ods.subscription
                where not is_deleted
            )
        ) as ods_rows

    union all

    select
        'fact_order_fulfilment' as table_name,
        (
            select count(*) from warehouse.fact_order_fulfilment where row_id in (select row_id from ods.fulfilment)
        ) as fact_rows,
        (select count(*) from ods.fulfilment where not is_deleted) as ods_rows

    union all

    select
        'fact_order_fulfilment, orders' as table_name,
        (
            select count(*) from warehouse.fact_order_fulfilment
            where shipment_number = 1 and ordered_date_key <> -2
        ) as fact_rows,
        (
            select count(distinct (source_system, order_id))
            from ods."order"
            where order_id is not null and not is_deleted
        ) as ods_rows

    union all

    select
        'fact_campaign_member' as table_name,
        (select coalesce(sum(report_count), 0) from warehouse.fact_campaign_member) as fact_rows,
        (select count(*) from ods.campaign_member where not is_deleted) as ods_rows

    union all

    select
        'fact_pipeline',
        (select count(*) from warehouse.fact_pipeline),
        (
            -- A lead and the opportunity it became are two rows of the ods and one pursuit.
            select
                (select count(distinct (source_system, lead_id)) from ods.lead where lead_id is not null and not is_deleted)
                + (
                    select count(distinct (source_system, opportunity_id))
                    from ods.opportunity
                    where opportunity_id is not null and not is_deleted
                )
                -- Where a system tells of none, those of its stage history stand for them.
                + (
                    select
                        count(distinct (source_system, lead_id)) filter (
                            where opportunity_id is null
                                and lead_id is not null
                                and source_system not in (select source_system from ods.lead)
                        )
                        + count(distinct (source_system, opportunity_id)) filter (
                            where opportunity_id is not null
                                and source_system not in (select source_system from ods.opportunity)
                        )
                    from ods.stage_event
                    where not is_deleted and stage is not null
                )
                - (select count(*) from warehouse.fact_pipeline where lead_id is not null and opportunity_id is not null)
        )
)

select
    table_name,
    fact_rows,
    ods_rows

from counted

where fact_rows <> ods_rows
