-- Readings that wait for a reviewer and those that one judged, as they were read. Empty parameters leave a condition out.
select
    shown.id,
    shown.act,
    shown.party,
    shown.name,
    shown.affiliation,
    organisation.entity as organisation,
    shown.country,
    shown.role,
    shown.object_kind,
    shown.object_id,
    shown.object_title,
    shown.target_kind,
    shown.target_id,
    shown.body,
    shown.event,
    shown.from_day as "from",
    shown.to_day   as "to",
    shown.precision,
    shown.amount,
    shown.unit,
    shown.status,
    shown.mode,
    shown.confidence,
    shown.rule,
    shown.state,
    review.reason,
    review.reviewer,
    snapshot.origin as source,
    shown.place,
    shown.quote,
    shown.snapshot,
    shown.start_byte,
    shown.end_byte
from shown
join snapshot on snapshot.id = shown.snapshot
left join review on review.id = shown.review
left join identity as organisation
    on organisation.kind = 'organisation' and organisation.mention = shown.affiliation
where shown.state <> 'plain'
  and ($act is null or shown.act = $act)
  and ($organisation is null or organisation.entity = $organisation)
  and ($body is null or shown.body = $body)
  and ($document is null or shown.object_id = $document)
  and ($as_of is null or shown.from_day is null or shown.from_day <= cast($as_of as date))
order by snapshot.origin, shown.start_byte, shown.act, shown.id
limit $limit
