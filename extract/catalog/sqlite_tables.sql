-- Question: which tables and views are there to read, and whose rows do they show?
-- Grain: table or view. shows is the statement that made a view.
select
    name,
    type as kind,
    case when type = 'view' then sql end as shows
from sqlite_schema
where type in ('table', 'view')
    and name not like 'sqlite~_%' escape '~'
order by 1
