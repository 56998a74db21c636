-- Puts the missing rows back into {ods}, marked deleted as of the snapshot's
-- moment. They are replaced, not updated: digests tell old rows by their place.
insert into {ods} by name from missing;
