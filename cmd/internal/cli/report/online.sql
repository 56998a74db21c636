-- Question: how many sessions reached each step? Grain: step of an online funnel.
select
    funnel_name as funnel,
    step_name as step,
    reached_count as reached,
    printf('%.1f %%', 100 * conversion) as "of previous",
    printf('%.2f %%', 100 * conversion_from_first) as "of first",
    drop_off_count as "dropped off"
from funnel_online
where breakdown = 'all'
order by funnel_name, step_number
