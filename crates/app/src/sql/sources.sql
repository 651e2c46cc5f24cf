-- What is held, source by source. Facts are those that count; readings that wait for a reviewer are told apart.
with waiting as (
    select reading, count(*) as n
    from candidate
    group by reading
),
rejected as (
    select reading, count(*) as n
    from judged
    where verdict = 'reject'
    group by reading
)
select
    snapshot.origin,
    snapshot.about,
    snapshot.adapter,
    snapshot.n_units                                                     as units,
    snapshot.n_facts - coalesce(waiting.n, 0) - coalesce(rejected.n, 0) as facts,
    snapshot.n_problems                                                  as problems,
    snapshot.source,
    snapshot.licence,
    snapshot.is_made_up                                                  as made_up,
    snapshot.learnt,
    snapshot.id                                                          as snapshot,
    coalesce(waiting.n, 0)                                               as waiting
from snapshot
left join waiting on waiting.reading = snapshot.reading
left join rejected on rejected.reading = snapshot.reading
order by origin, snapshot
