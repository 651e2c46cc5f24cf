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
    fact.place,
    fact.quote,
    fact.snapshot,
    fact.start_byte,
    fact.end_byte,
    fact.id         as fact
from observation
left join fact on fact.id = observation.fact
left join snapshot on snapshot.id = fact.snapshot
where observation.indicator = $indicator
  and observation.organisation = $organisation
  and ($body is null or observation.body = $body or observation.body like concat($body, '/%'))
  and ($period is null or observation.period = $period)
order by observation.day desc, observation.meeting, observation.item, fact.id
