-- Empties scratch.next, which is to hold the rows that {table} should have.
create or replace table scratch.next as
select * from {table} limit 0
