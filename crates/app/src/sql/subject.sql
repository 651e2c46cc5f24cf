-- One current reading, by the beginning of its id; or all twins of one that wait.
select
    id, state, review, act, party, name, affiliation, country, role, object_kind, object_id, object_title, target_kind,
    target_id, body, event, cast(from_day as varchar) as from_day, cast(to_day as varchar) as to_day, status, mode,
    confidence, rule, adapter, origin, place, quote, snapshot, start_byte, end_byte, is_made_up, twin, 1 as n_alike,
    1 as turn, 0 as n_waiting
from shown
where ($id is null or starts_with(id, $id))
  and ($twin is null or (twin = $twin and state = 'waiting'))
order by origin, start_byte, act, id
limit 10000
