-- Adds the deliveries of $1, a JSON list (arrivals.go), that meta.arrival lacks.
insert into warehouse.meta.arrival by name
select
    arrival.* replace (make_timestamptz(arrival.delivered_at) as delivered_at)
from (
    select
        unnest(
            from_json(
                $1,
                '[{"feed_name": "VARCHAR", "path": "VARCHAR", "sha256": "VARCHAR", "delivered_at": "BIGINT",
                    "run_id": "BIGINT", "is_known": "BOOLEAN"}]'
            )
        ) as arrival
) as told
anti join warehouse.meta.arrival as kept
    on kept.feed_name = told.arrival.feed_name
    and kept.path = told.arrival.path
    and kept.sha256 = told.arrival.sha256
    and epoch_us(kept.delivered_at) = told.arrival.delivered_at
