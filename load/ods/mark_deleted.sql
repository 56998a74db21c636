-- Marks the missing rows of {ods} deleted as of the snapshot's moment.
update {ods} set is_deleted = true, effective_at = $delivered_at, received_at = $delivered_at
where row_id in (select row_id from missing);
