-- What each address of a source held when it was last seen, with what came of reading it.
with seen as (
    select
        sighting_all.*,
        row_number() over (partition by address order by learnt desc, snapshot) as age
    from sighting_all
    where source = $source
)
select
    seen.address,
    seen.snapshot,
    seen.state,
    seen.reader,
    cast(seen.learnt as bigint) as learnt,
    snapshot.about,
    snapshot.adapter,
    snapshot.n_units,
    snapshot.n_facts,
    snapshot.n_problems
from seen
left join snapshot on snapshot.id = seen.snapshot
where seen.age = 1
  and seen.snapshot <> ''
