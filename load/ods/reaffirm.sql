-- Another state held between the first and the last delivery that told the
-- current one: the current one then holds from its last delivery on.
update {ods} set effective_at = received_at
where row_id in (select row_id from verdict where verdict = 'superseded' and is_known and is_later);
