-- Takes out of idn.party what changed and what is gone.
delete from ods.idn.party
where source_customer_key in (select source_customer_key from changed.customer_key)
    or source_customer_key in (select source_customer_key from no_customer)
    or source_customer_key not in (select source_customer_key from ods.customer where source_customer_key is not null)
