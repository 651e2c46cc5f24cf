-- Problems with their place and hint. Empty parameters leave a condition out.
select
    problem.kind,
    snapshot.origin as source,
    problem.place,
    problem.what,
    problem.hint,
    problem.quote,
    problem.snapshot,
    problem.start_byte,
    problem.end_byte
from problem
join snapshot on snapshot.id = problem.snapshot
where ($kind is null or problem.kind = $kind)
  and ($origin is null or strpos(snapshot.origin, $origin) > 0)
order by snapshot.origin, problem.start_byte, problem.kind
