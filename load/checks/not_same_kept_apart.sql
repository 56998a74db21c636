-- Question: Is no customer made of two records that a person judged to be two customers?
-- Severity: error
-- Grain: judged pair.
-- Sources: idn.state (the judgements of the last run), idn.source_record.

with judgement as (
    select unnest(from_json(content, '[{"left": "BIGINT", "right": "BIGINT", "same": "BOOLEAN"}]')) as pair
    from ods.idn.state
    where name = 'decisions'
)

select
    judgement.pair."left" as left_source_customer_key,
    judgement.pair."right" as right_source_customer_key,
    one.customer_key

from judgement
inner join ods.idn.source_record as one on one.source_customer_key = judgement.pair."left"
inner join ods.idn.source_record as other on other.source_customer_key = judgement.pair."right"

where not judgement.pair.same
    and one.customer_key = other.customer_key
