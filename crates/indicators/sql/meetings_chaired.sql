-- name       meetings_chaired
-- title      Meetings chaired
-- unit       meetings
-- kind       count
-- objective  influence
-- direction  more is more influence
-- events     share of the chair of a meeting, 1/N among its N chairs
-- exposure   one a meeting
-- reads      attributed
-- caveat     only minutes that name the chairs are seen; a share of somebody without known affiliation is nobody's
-- source     Rapporteur
-- privacy    organisation
-- since      0.2
with chairs as (
    select meeting, count(distinct coalesce(person, fact)) as n_chairs
    from attributed
    where act = 'chaired'
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
    count(distinct coalesce(attributed.person, attributed.fact)) / cast(min(chairs.n_chairs) as double) as events,
    1.0                                                                as exposure,
    min(attributed.fact)                                               as fact
from attributed
join chairs on chairs.meeting = attributed.meeting
where attributed.act = 'chaired'
  and attributed.organisation is not null
  and attributed.day is not null
group by attributed.organisation, attributed.body, attributed.meeting, attributed.day
