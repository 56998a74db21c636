-- Question: on which pairs would a person's answer teach most? Grain: pair.
-- Pairs that the evidence told apart, strongest first, and pairs that it
-- merged, weakest first, in turns; pairs that came apart or together through
-- other records stand where they ended.
with ended as (
    select
        p.*,
        l.customer_key = r.customer_key as is_one
    from ods.idn.match_pair as p
    inner join ods.idn.source_record as l on p.left_source_customer_key = l.source_customer_key
    inner join ods.idn.source_record as r on p.right_source_customer_key = r.source_customer_key
    where p.decision in ('merged', 'apart')
)
select
    left_source_customer_key,
    right_source_customer_key,
    score_millibits,
    decision
from ended
order by
    row_number() over (
        partition by is_one
        order by
            case when is_one then score_millibits else -score_millibits end,
            left_source_customer_key,
            right_source_customer_key
    ),
    is_one
limit $1
