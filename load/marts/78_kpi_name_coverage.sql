-- Question: which share of the persons do the most frequent names explain?
-- Grain: breakdown (all or country), member, part of the name and how many of the most frequent names of the member are taken.
-- Sources: dim_customer.

with named as (
    select
        lower(given_name) as given_name,
        lower(family_name) as family_name,
        unnest([
            {'breakdown': 'all', 'member': '(all)'},
            {'breakdown': 'country', 'member': coalesce(country_code, '(none)')}
        ], max_depth := 2)
    from dim_customer
    where customer_key > 0 and party_type = 'person'
),

counted as (
    select
        breakdown,
        member,
        'first name' as part,
        given_name as name,
        count(*) as person_count
    from named
    where given_name is not null
    group by breakdown, member, given_name

    union all

    select
        breakdown,
        member,
        'last name',
        family_name,
        count(*)
    from named
    where family_name is not null
    group by breakdown, member, family_name
),

ranked as (
    select
        *,
        row_number() over (partition by breakdown, member, part order by person_count desc, name) as name_rank
    from counted
)

select
    ranked.breakdown,
    ranked.member,
    ranked.part,
    size.top_name_count,
    count(*) as name_count,
    cast(coalesce(sum(ranked.person_count) filter (where ranked.name_rank <= size.top_name_count), 0) as bigint)
        as explained_person_count,
    cast(sum(ranked.person_count) as bigint) as person_count,
    cast(
        coalesce(sum(ranked.person_count) filter (where ranked.name_rank <= size.top_name_count), 0)
        / nullif(sum(ranked.person_count), 0) as decimal(18, 6)
    ) as explained_share

from ranked
cross join (values (1000), (10000)) as size (top_name_count)

group by ranked.breakdown, ranked.member, ranked.part, size.top_name_count
