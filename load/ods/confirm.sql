-- A snapshot that repeats a row confirms it: an older snapshot that comes
-- later must not delete it.
update {ods} set received_at = $delivered_at
where received_at < $delivered_at
    and row_id in (select row_id from verdict where verdict = 'redelivered');
