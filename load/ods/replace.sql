-- Removes the states that newly loaded rows replace from the ODS table {ods}.
delete from {ods}
where row_id in (select row_id from verdict where verdict = 'loaded' and is_known);
