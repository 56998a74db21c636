-- Question: Do the amounts read equal the amounts loaded and set aside, to the last digit?
-- Severity: error
-- Grain: run, feed, object, delivery and field.
-- Sources: meta.control_money.

select
    run_id,
    feed_name,
    object_name,
    sha256,
    field,
    read_amount - loaded_amount - quarantined_amount - redelivered_amount - superseded_amount as difference

from warehouse.meta.control_money

where read_amount <> loaded_amount + quarantined_amount + redelivered_amount + superseded_amount
