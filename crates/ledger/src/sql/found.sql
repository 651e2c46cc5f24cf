-- Which facts a decision that was not taken back finds: the fact itself, and whatever says the same with the same words
-- where it stood. The key knows neither adapter nor byte: act, kind of thing, words, and what they are about.
with said as (
    select
        'decision' as kind, id, '' as snapshot, act, name, affiliation, role, object_kind, object_id, object_title,
        target_id, body, event, status, quote
    from review
    where verdict in ('accept', 'reject', 'correct')
      and id not in (select undone from review where undone is not null)
    union all
    select
        'fact' as kind, id, snapshot, act, name, affiliation, role, object_kind, object_id, object_title,
        target_id, body, event, status, quote
    from near
),
keyed as (
    select
        kind,
        id,
        snapshot,
        concat(
            act, chr(31), object_kind, chr(31),
            lower(regexp_replace(quote, '[^\p{L}\p{N}]+', ' ', 'g')), chr(31),
            lower(concat(name, chr(31), affiliation, chr(31), role)), chr(31),
            lower(concat(object_id, chr(31), object_title, chr(31), target_id)), chr(31),
            lower(concat(body, chr(31), event, chr(31), status))
        ) as words
    from said
)
select keyed.id as review, near.id as fact, near.reading, true as is_own
from keyed
join review on review.id = keyed.id
join near on near.id = review.fact
where keyed.kind = 'decision'
union
select decision.id, fact.id, near.reading, false
from keyed as decision
join stood on stood.review = decision.id
join keyed as fact on fact.snapshot = stood.snapshot and fact.words = decision.words
join near on near.id = fact.id
join review on review.id = decision.id
where decision.kind = 'decision'
  and fact.kind = 'fact'
  and near.id <> review.fact
