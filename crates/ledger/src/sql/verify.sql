-- Every reading of a snapshot with what its row states and what its tables hold.
with facts as (
    select reading, count(*) as n, max(end_byte) as last_byte
    from fact_all
    group by reading
),
problems as (
    select reading, count(*) as n, max(end_byte) as last_byte
    from problem_all
    group by reading
)
select
    snapshot_all.id,
    snapshot_all.origin,
    snapshot_all.n_bytes,
    snapshot_all.n_facts,
    coalesce(facts.n, 0)    as found_facts,
    snapshot_all.n_problems,
    coalesce(problems.n, 0) as found_problems,
    greatest(coalesce(facts.last_byte, 0), coalesce(problems.last_byte, 0)) as last_byte
from snapshot_all
left join facts on facts.reading = snapshot_all.reading
left join problems on problems.reading = snapshot_all.reading
order by snapshot_all.origin, snapshot_all.id
