-- name       minutes_taken
-- title      Minutes taken
-- unit       meetings
-- kind       count
-- objective  influence
-- direction  more is more service
-- events     share of the minutes of a meeting, 1/N among the N who took them
-- exposure   one a meeting
-- reads      service
-- caveat     only minutes that name who took them are seen; a share of somebody without known affiliation is nobody's
-- source     Rapporteur
-- privacy    organisation
-- since      0.2
select
    organisation,
    body,
    period,
    meeting,
    day,
    meeting as item,
    share   as events,
    1.0     as exposure,
    fact
from service
where act = 'scribed'
