-- name       meetings_chaired
-- title      Meetings chaired
-- unit       meetings
-- kind       count
-- objective  influence
-- direction  more is more influence
-- events     share of the chair of a meeting, 1/N among its N chairs
-- exposure   one a meeting
-- reads      service
-- caveat     only minutes that name the chairs are seen; a share of somebody without known affiliation is nobody's
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
where act = 'chaired'
