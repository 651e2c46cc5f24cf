-- name       roles_held
-- title      Roles held
-- unit       roles
-- kind       count
-- objective  influence
-- direction  more is more influence
-- events     offices of a body held during the year: chair, vice-chair, convenor, rapporteur, editor
-- exposure   one a role and year
-- reads      act, meeting
-- caveat     leadership is influence, not quality (Baron and Kanevskaia 2023); a role without dates is not counted
-- source     3GPP trade practice (chairs, vice-chairs and rapporteurs); Baron and Kanevskaia, Research Policy 52(9) 2023
-- privacy    organisation
-- since      0.1
with latest as (
    select body, max(day) as day
    from meeting
    group by body
),
office as (
    select
        act.organisation,
        act.body,
        coalesce(act.role, act.object_title, act.object_id)  as role,
        coalesce(nullif(act.object_id, ''), act.role)        as office,
        act.from_day,
        coalesce(act.to_day, latest.day, act.from_day)       as to_day,
        act.fact
    from act
    left join latest on latest.body = act.body
    where act.act in ('held', 'appointed', 'elected', 'rapporteured', 'edited')
      and act.organisation is not null
      and act.body is not null
      and act.from_day is not null
),
yearly as (
    select
        organisation,
        body,
        role,
        office,
        to_day,
        fact,
        unnest(range(
            cast(date_part('year', from_day) as bigint),
            cast(date_part('year', to_day) as bigint) + 1
        )) as year
    from office
)
select
    organisation,
    body,
    cast(year as varchar)                                                                as period,
    cast(null as varchar)                                                                as meeting,
    least(max(to_day), cast(concat(cast(year as varchar), '-12-31') as date))            as day,
    concat(role, case when office = role then '' else concat(': ', office) end, ' ', cast(year as varchar)) as item,
    1.0                                                                                  as events,
    1.0                                                                                  as exposure,
    min(fact)                                                                            as fact
from yearly
group by organisation, body, year, role, office
