-- Documents of an organisation after their revisions, with outcome, credit and place.
select
    contribution.document,
    act.object_title         as title,
    contribution.meeting,
    contribution.kind        as type,
    contribution.outcome,
    contribution.credit,
    act.snapshot,
    act.start_byte,
    act.end_byte,
    contribution.n_sources,
    contribution.day
from contribution
join act on act.fact = contribution.fact
where contribution.organisation = $organisation
  and (contribution.body = $body or contribution.body like concat($body, '/%'))
  and ($period is null or contribution.period = $period)
order by contribution.day desc, contribution.document desc
