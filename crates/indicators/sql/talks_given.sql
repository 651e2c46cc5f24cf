-- name       talks_given
-- title      Talks given at events
-- unit       talks
-- kind       count
-- objective  engagement
-- direction  more is more engaged
-- events     talks given by persons of the organisation
-- exposure   one a talk
-- reads      attributed
-- caveat     only events whose report is held are seen; planned talks are not counted; a long one counts like a short one
-- source     Rapporteur
-- privacy    organisation
-- since      0.1
select
    organisation,
    body,
    cast(cast(date_part('year', day) as bigint) as varchar)      as period,
    meeting,
    day,
    coalesce(nullif(object_title, ''), nullif(object_id, ''), fact) as item,
    1.0                                                             as events,
    1.0                                                             as exposure,
    fact
from attributed
where act = 'spoke'
  and organisation is not null
  and body is not null
  and day is not null
  and confidence >= 0.99
