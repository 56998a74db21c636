-- Question: how much of each decimal field met which verdict?
-- Grain: one row; for each field the sum over all staged rows, and over those
-- that were loaded, refused, redelivered and superseded.
select
    {sums}
from verdict as v
inner join {stage} as s on v.stage_rowid = s.rowid;
