-- Adds the end of each missing row to the version table {versions}; {ods} has
-- been marked already.
insert into {versions} by name
select * from {ods} where row_id in (select row_id from missing);
