-- What waits for a reviewer, first what a decision changes most: twins times doubt. Twins stand together.
with waiting as (
    select
        shown.*,
        count(*) over (partition by twin)                                            as n_alike,
        row_number() over (partition by twin order by origin, start_byte, act, id)   as turn,
        count(*) over ()                                                             as n_waiting
    from shown
    where state = 'waiting'
      and ($kind is null or act = $kind or rule = $kind)
)
select
    id, state, review, act, party, name, affiliation, country, role, object_kind, object_id, object_title, target_kind,
    target_id, body, event, cast(from_day as varchar) as from_day, cast(to_day as varchar) as to_day, status, mode,
    confidence, rule, adapter, origin, place, quote, snapshot, start_byte, end_byte, is_made_up, twin, n_alike, turn,
    n_waiting
from waiting
where ($first is null or turn = 1)
order by n_alike * (1.0 - confidence) desc, twin, origin, start_byte, act, id
limit $limit
