-- Question: what holds a customer together? Grain: pair of its records.
select
    p.left_source_customer_key,
    p.right_source_customer_key,
    p.score_millibits,
    p.decision
from ods.idn.match_pair as p
inner join ods.idn.source_record as l on p.left_source_customer_key = l.source_customer_key
inner join ods.idn.source_record as r on p.right_source_customer_key = r.source_customer_key
where l.customer_key = $1 and r.customer_key = $1
order by p.score_millibits, p.left_source_customer_key, p.right_source_customer_key
