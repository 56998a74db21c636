-- Question: Was every row read either loaded or set aside with a reason?
-- Severity: error
-- Grain: run, feed, object and delivery.
-- Sources: meta.control_total.

select
    run_id,
    feed_name,
    object_name,
    sha256,
    rows_read,
    rows_loaded,
    rows_quarantined,
    rows_redelivered,
    rows_superseded,
    rows_excluded

from warehouse.meta.control_total

where rows_read <> rows_loaded + rows_quarantined + rows_redelivered + rows_superseded
        + rows_excluded + coalesce(rows_erased, 0)
