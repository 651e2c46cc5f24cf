-- What is held, source by source.
select
    origin,
    about,
    adapter,
    n_units    as units,
    n_facts    as facts,
    n_problems as problems,
    source,
    licence,
    is_made_up as made_up,
    learnt,
    id         as snapshot
from snapshot
order by origin, id
