-- name       minutes_taken
-- title      Minutes taken
-- unit       meetings
-- kind       count
-- objective  influence
-- direction  more is more service
-- events     share of the minutes of a meeting, 1/N among the N who took them
-- exposure   one a meeting
-- reads      attributed
-- caveat     only minutes that name who took them are seen; a share of somebody without known affiliation is nobody's
-- source     Rapporteur
-- privacy    organisation
-- since      0.2
with scribes as (
    select meeting, count(distinct coalesce(person, fact)) as n_scribes
    from attributed
    where act = 'scribed'
      and meeting is not null
    group by meeting
)
select
    attributed.organisation,
    attributed.body,
    cast(cast(date_part('year', attributed.day) as bigint) as varchar) as period,
    attributed.meeting,
    attributed.day,
    attributed.meeting                                                 as item,
    count(distinct coalesce(attributed.person, attributed.fact)) / cast(min(scribes.n_scribes) as double) as events,
    1.0                                                                as exposure,
    min(attributed.fact)                                               as fact
from attributed
join scribes on scribes.meeting = attributed.meeting
where attributed.act = 'scribed'
  and attributed.organisation is not null
  and attributed.day is not null
group by attributed.organisation, attributed.body, attributed.meeting, attributed.day
