-- Removes the missing rows of an entity without history from {ods}.
delete from {ods} where row_id in (select row_id from missing);
