-- Question: whom did segments select, for which campaign?
-- Sources: $1, a JSON list of selections (selection.go); customer.
create or replace table src.selection as
with chosen as (
    select unnest(from_json($1, '[{"campaign": "VARCHAR", "party": "BIGINT", "at": "TIMESTAMPTZ"}]')) as item
),

party as (
    select
        source_customer_key,
        min(source_system) as source_system
    from ods.customer
    group by source_customer_key
)

select
    chosen.item.campaign as campaign_id,
    chosen.item.party as source_customer_key,
    min(chosen.item.at) as selected_at,
    any_value(party.source_system) as source_system

from chosen
inner join party on party.source_customer_key = chosen.item.party

group by chosen.item.campaign, chosen.item.party
