-- Question: through which marketing channels do people come?
-- Grain: channel of the fixed list.
-- Sources: seeds/channels.yaml.

select
    channel_key,
    channel_id,
    name,
    channel_group,
    is_paid

from src.channel

where channel_key > 0

union all by name

select
    unnest([-1, -2, -3]) as channel_key,
    unnest(['unknown', 'not_applicable', 'not_yet']) as channel_id,
    unnest(['(unknown)', '(none stated)', '(not yet)']) as name
