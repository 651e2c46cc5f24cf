-- Facts with their evidence and the entity that their affiliation stands for. Empty parameters leave a condition out.
select
    fact.id,
    fact.act,
    fact.party,
    fact.name,
    fact.affiliation,
    act.organisation,
    fact.country,
    fact.role,
    fact.object_kind,
    fact.object_id,
    fact.object_title,
    fact.target_kind,
    fact.target_id,
    fact.body,
    fact.event,
    fact.from_day as "from",
    fact.to_day   as "to",
    fact.precision,
    fact.amount,
    fact.unit,
    fact.status,
    fact.mode,
    fact.confidence,
    fact.rule,
    snapshot.origin as source,
    fact.place,
    fact.quote,
    fact.snapshot,
    fact.start_byte,
    fact.end_byte
from fact
join act on act.fact = fact.id
join snapshot on snapshot.id = fact.snapshot
where ($act is null or fact.act = $act)
  and ($organisation is null or act.organisation = $organisation)
  and ($body is null or act.body = $body or act.body like concat($body, '/%'))
  and ($document is null or fact.object_id = $document or act.document = $document)
  and ($as_of is null or fact.from_day is null or fact.from_day <= cast($as_of as date))
order by snapshot.origin, fact.start_byte, fact.act, fact.id
limit $limit
