-- Question: which divisions, departments and teams has the company, and which belongs to which?
-- Grain: unit. Units that only employees, targets, deals or products name are marked as inferred; a team
-- that no feed describes belongs to the division of its employees, where they agree.
-- Sources: org_unit, src.org_unit_name, employee.

with recursive described as (
    select
        *,
        coalesce(src.plain(type), 'unit') as level
    from ods.org_unit
    where org_unit_id is not null and not is_deleted
    qualify row_number() over (partition by org_unit_id order by effective_at desc, row_id) = 1
),

keyed as (
    select
        *,
        case
            when name is null or count(*) over (partition by level, src.plain(name)) > 1
                then src.key_of('org unit id', org_unit_id)
            else src.key_of('org unit', level || chr(31) || src.plain(name))
        end as org_unit_key
    from described
),

team_division as (
    select
        src.key_of('org unit', 'team' || chr(31) || src.plain(team)) as org_unit_key,
        min(src.key_of('org unit', 'division' || chr(31) || src.plain(division))) as parent_org_unit_key
    from ods.employee
    where team is not null and division is not null and not is_deleted
    group by 1
    having count(distinct src.plain(division)) = 1
),

unit as (
    select
        keyed.org_unit_key,
        keyed.org_unit_id,
        keyed.name,
        keyed.level,
        coalesce(parent.org_unit_key, -2) as parent_org_unit_key,
        false as is_inferred
    from keyed
    left join keyed as parent on parent.org_unit_id = keyed.parent_org_unit_id

    union all

    select
        org_unit_key,
        null as org_unit_id,
        min(name) as name,
        level,
        coalesce(min(team_division.parent_org_unit_key), -2) as parent_org_unit_key,
        true as is_inferred
    from src.org_unit_name
    left join team_division using (org_unit_key)
    where org_unit_key not in (select org_unit_key from keyed)
    group by org_unit_key, level
),

-- From each unit upwards; a unit met before ends the walk.
walk (org_unit_key, above_key, depth, met) as (
    select
        org_unit_key,
        org_unit_key,
        0,
        [org_unit_key]
    from unit

    union all

    select
        walk.org_unit_key,
        unit.parent_org_unit_key,
        walk.depth + 1,
        list_append(walk.met, unit.parent_org_unit_key)
    from walk
    inner join unit on unit.org_unit_key = walk.above_key
    where unit.parent_org_unit_key > 0 and not list_contains(walk.met, unit.parent_org_unit_key)
),

path as (
    select
        walk.org_unit_key,
        arg_max(above.name, walk.depth) filter (where above.level = 'division') as division,
        arg_max(above.name, walk.depth) filter (where above.level = 'department') as department,
        arg_min(above.name, walk.depth) filter (where above.level = 'team') as team,
        string_agg(above.name, ' / ' order by walk.depth desc) as path
    from walk
    inner join unit as above on above.org_unit_key = walk.above_key
    group by walk.org_unit_key
)

select
    unit.*,
    path.division,
    path.department,
    path.team,
    path.path

from unit
left join path using (org_unit_key)

union all by name

select
    unnest([-1, -2, -3]) as org_unit_key,
    unnest(['(unknown)', '(none named)', '(not yet)']) as name,
    -2 as parent_org_unit_key,
    false as is_inferred
