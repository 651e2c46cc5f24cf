-- Facts that a reviewer accepted or corrected, as they are to count: their own place and id, the reviewer's values where
-- there are any, full confidence. An empty text takes a value away.
select
    near.id,
    near.snapshot,
    near.reading,
    near.adapter,
    coalesce(review.to_act, near.act)                                     as act,
    coalesce(review.to_party, near.party)                                 as party,
    nullif(coalesce(review.to_name, near.name), '')                       as name,
    nullif(coalesce(review.to_affiliation, near.affiliation), '')         as affiliation,
    nullif(coalesce(review.to_country, near.country), '')                 as country,
    near.domain,
    nullif(coalesce(review.to_role, near.role), '')                       as role,
    near.object_kind,
    coalesce(review.to_object, near.object_id)                            as object_id,
    coalesce(review.to_title, near.object_title)                          as object_title,
    near.target_kind,
    coalesce(review.to_target, near.target_id)                            as target_id,
    nullif(coalesce(review.to_body, near.body), '')                       as body,
    nullif(coalesce(review.to_event, near.event), '')                     as event,
    case when review.to_precision is null then near.from_day else review.to_from_day end as from_day,
    case when review.to_precision is null then near.to_day else review.to_to_day end     as to_day,
    coalesce(review.to_precision, near.precision)                         as precision,
    near.amount,
    near.unit,
    nullif(coalesce(review.to_status, near.status), '')                   as status,
    nullif(coalesce(review.to_mode, near.mode), '')                       as mode,
    cast(1.0 as double)                                                   as confidence,
    near.start_byte,
    near.end_byte,
    near.place,
    near.quote,
    near.rule
from judged
join review on review.id = judged.review
join near on near.id = judged.fact
where judged.verdict in ('accept', 'correct')
