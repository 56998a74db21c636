-- A delivery that repeats a state confirms it: a state or a snapshot that is
-- older than this delivery, but comes later, must not take its place.
update {ods} set received_at = $delivered_at
where received_at < $delivered_at
    and row_id in (select row_id from verdict where verdict = 'redelivered');
