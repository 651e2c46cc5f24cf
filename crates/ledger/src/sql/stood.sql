-- Snapshots that stood where a reviewer judged something: the one that was judged, and whatever else its addresses held.
with judged_at as (
    select id, source, address
    from review
    where address <> ''
    union
    select review.id, sighting_all.source, sighting_all.address
    from review
    join sighting_all on sighting_all.snapshot = review.snapshot
)
select judged_at.id as review, sighting_all.snapshot
from judged_at
join sighting_all on sighting_all.source = judged_at.source and sighting_all.address = judged_at.address
union
select id, snapshot
from review
where snapshot <> ''
