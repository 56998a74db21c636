-- Settles the refused rows of earlier deliveries that this one tells again:
-- those whose key it brings rightly, and all of a file that it is a copy of.
update ods.quarantine.row as q set is_settled = true
from warehouse.meta.delivery as d
where q.file_key = d.file_key
    and q.feed = $feed
    and q.object = $object
    and not q.is_settled
    and d.delivered_at <= $delivered_at
    and (
        q.row_id in (select row_id from verdict where verdict in ('loaded', 'redelivered', 'superseded'))
        or q.origin_key in (select file_key from copied)
    );
