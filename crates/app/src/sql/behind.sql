-- The rows behind one indicator of one organisation, each with its place in a source.
select
    observation.body,
    observation.period,
    observation.meeting,
    observation.day,
    observation.item,
    observation.events,
    observation.exposure,
    snapshot.origin as source,
    act.place,
    act.object_title as title,
    act.snapshot,
    act.start_byte,
    act.end_byte,
    observation.fact
from observation
left join act on act.fact = observation.fact
left join snapshot on snapshot.id = act.snapshot
where observation.indicator = $indicator
  and observation.organisation = $organisation
  and ($body is null or observation.body = $body or observation.body like concat($body, '/%'))
  and ($period is null or observation.period = $period)
order by observation.day desc, observation.meeting, observation.item, observation.fact
