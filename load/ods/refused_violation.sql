-- Says which rule each refused staged row broke.
insert into rejected_violation
select
    reject,
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
