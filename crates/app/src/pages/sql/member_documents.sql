-- Documents of an organisation after their revisions, with outcome, credit and place.
select
    contribution.document,
    fact.object_title        as title,
    contribution.meeting,
    contribution.kind        as type,
    contribution.outcome,
    contribution.credit,
    fact.snapshot,
    fact.start_byte,
    fact.end_byte,
    contribution.n_sources,
    contribution.day
from contribution
join fact on fact.id = contribution.fact
where contribution.organisation = $organisation
  and (contribution.body = $body or contribution.body like concat($body, '/%'))
  and ($period is null or contribution.period = $period)
order by contribution.day desc, contribution.document desc
