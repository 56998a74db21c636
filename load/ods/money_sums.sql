coalesce(sum(s.{column}), 0),
    coalesce(sum(s.{column}) filter (where v.verdict = 'loaded'), 0),
    coalesce(sum(s.{column}) filter (where v.verdict in ('conflict', 'unique')), 0),
    coalesce(sum(s.{column}) filter (where v.verdict = 'redelivered'), 0),
    coalesce(sum(s.{column}) filter (where v.verdict = 'superseded'), 0)
