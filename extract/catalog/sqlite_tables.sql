-- Question: which tables and views are there to read?  Grain: table or view.
select name
from sqlite_schema
where type in ('table', 'view')
    and name not like 'sqlite~_%' escape '~'
order by 1
