-- A delivery of keys tells which rows are there, and nothing about them: each
-- was told before or is yet to come.
update verdict set verdict = 'redelivered';
