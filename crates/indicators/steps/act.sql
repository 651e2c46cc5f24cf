-- Acts with their identities: one row a fact, mentions resolved. The table that everything below reads.
select
    fact.id                                        as fact,
    fact.act,
    fact.party,
    fact.name                                      as person,
    fact.affiliation,
    organisation.entity                            as organisation,
    coalesce(body.entity, fact.body)               as body,
    coalesce(meeting.entity, fact.event)           as meeting,
    fact.object_kind,
    fact.object_id,
    fact.object_title,
    coalesce(document.entity, fact.object_id)      as document,
    fact.target_kind,
    fact.target_id,
    fact.role,
    fact.status,
    fact.amount,
    fact.unit,
    fact.mode,
    fact.confidence,
    fact.from_day,
    fact.to_day,
    fact.precision,
    fact.snapshot,
    fact.place,
    fact.start_byte,
    fact.end_byte
from fact
left join identity as organisation
    on organisation.kind = 'organisation' and organisation.mention = fact.affiliation
left join identity as body
    on body.kind = 'body' and body.mention = fact.body
left join identity as meeting
    on meeting.kind = 'meeting' and meeting.mention = fact.event
left join identity as document
    on document.kind = 'document' and document.mention = fact.object_id
