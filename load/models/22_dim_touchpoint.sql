-- Question: where do customer and company meet?
-- Grain: touchpoint of the fixed list.
-- Sources: seeds/touchpoints.yaml.

select
    touchpoint_key,
    touchpoint_id,
    name,
    touchpoint_group,
    is_two_way

from src.touchpoint

union all by name

select
    unnest([-1, -2, -3]) as touchpoint_key,
    unnest(['unknown', 'not_applicable', 'not_yet']) as touchpoint_id,
    unnest(['(unknown)', '(none stated)', '(not yet)']) as name
