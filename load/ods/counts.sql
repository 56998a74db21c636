-- Question: how many staged rows met which verdict?
select
    count(*),
    count(*) filter (where verdict = 'loaded'),
    count(*) filter (where verdict in ('conflict', 'unique')),
    count(*) filter (where verdict = 'redelivered'),
    count(*) filter (where verdict = 'superseded'),
    count(*) filter (where verdict = 'loaded' and not is_known),
    count(*) filter (where verdict = 'loaded' and is_known)
from verdict;
