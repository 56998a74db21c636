-- Removes the missing rows from {ods}.
delete from {ods} where row_id in (select row_id from missing);
