-- name       attendance_share
-- title      Share of meetings attended
-- unit       share
-- kind       share
-- objective  engagement
-- direction  more is more engaged
-- events     meetings with at least one attendee of the organisation
-- exposure   meetings of the body for which an attendance list is held, from the first at which it was seen
-- reads      attributed, meeting
-- caveat     registered is not attended; a meeting without a list is not a meeting missed; somebody without affiliation counts with the one stated at the nearest meeting of the body within a year
-- source     Rapporteur; interval by E. B. Wilson, JASA 22 (1927)
-- privacy    organisation
-- since      0.1
with held as (
    select meeting, body, day
    from meeting
    where has_attendance = 1
      and day is not null
),
seen as (
    select organisation, meeting, min(fact) as fact
    from attributed
    where act = 'attended'
      and organisation is not null
    group by organisation, meeting
),
member as (
    select seen.organisation, held.body, min(held.day) as since
    from seen
    join held on held.meeting = seen.meeting
    group by seen.organisation, held.body
)
select
    member.organisation,
    held.body,
    cast(cast(date_part('year', held.day) as bigint) as varchar) as period,
    held.meeting,
    held.day,
    held.meeting                                                 as item,
    case when seen.fact is null then 0.0 else 1.0 end            as events,
    1.0                                                          as exposure,
    seen.fact
from member
join held on held.body = member.body and held.day >= member.since
left join seen on seen.organisation = member.organisation and seen.meeting = held.meeting
