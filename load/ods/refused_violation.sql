-- Says which rule each refused staged row broke. $conflict and $unique are the
-- codes of the two rules.
insert into rejected_violation
select
    reject,
    case verdict when 'conflict' then $conflict else $unique end as code,
    case verdict when 'conflict' then 'key.conflict' else 'unique' end as rule,
    '' as column_name,
    '' as cell,
    case verdict
        when 'conflict'
            then 'the same key comes more than once in this delivery with different content, and nothing says which is newer'
        else 'a value comes more than once in this delivery, and the contract says unique'
    end as reason,
    '' as value
from refused;
