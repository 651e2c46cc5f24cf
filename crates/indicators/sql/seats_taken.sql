-- name       seats_taken
-- title      Seats taken at meetings
-- unit       seats
-- kind       count
-- objective  engagement
-- direction  more is more engaged
-- events     square root of the number of persons who attended a meeting: the first seat counts 1, three more another 1
-- exposure   one a meeting
-- reads      attributed
-- caveat     somebody without affiliation counts with the one stated at the nearest meeting of the body within a year
-- source     Rapporteur
-- privacy    organisation
-- since      0.2
select
    organisation,
    body,
    cast(cast(date_part('year', day) as bigint) as varchar) as period,
    meeting,
    day,
    meeting                                                 as item,
    sqrt(cast(count(distinct coalesce(person, fact)) as double)) as events,
    1.0                                                     as exposure,
    min(fact)                                               as fact
from attributed
where act = 'attended'
  and organisation is not null
  and meeting is not null
  and day is not null
  and confidence >= 0.99
group by organisation, body, meeting, day
