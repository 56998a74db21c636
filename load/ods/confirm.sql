-- A delivery that repeats a state confirms it: received_at tells until when it
-- is known to have held.
update {ods} set received_at = $delivered_at
where received_at < $delivered_at
    and row_id in (select row_id from verdict where verdict = 'redelivered');
