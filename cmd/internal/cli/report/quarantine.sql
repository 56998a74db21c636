-- Question: which rules did the rows in quarantine break? Grain: feed and rule.
select
    r.feed,
    v.rule,
    count(distinct r.reject_id) as "rows"
from ods.quarantine.row as r
inner join ods.quarantine.violation as v on r.reject_id = v.reject_id
group by all
order by all
