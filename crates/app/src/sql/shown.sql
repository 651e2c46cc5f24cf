-- Every current reading with what became of it - `waiting`, `plain`, or the verdict that holds - and what makes it a twin
-- of another: the same act by the same rule on the same kind of thing, and the same party as written; without a party,
-- the same words.
with reading as (
    select candidate.*, 'waiting' as state, '' as review
    from candidate
    union all
    select fact_all.*, judged.verdict as state, judged.review
    from fact_all
    join judged on judged.fact = fact_all.id and judged.reading = fact_all.reading
    union all
    select fact.*, 'plain' as state, '' as review
    from fact
    where fact.id not in (select fact from judged)
)
select
    reading.*,
    snapshot.origin,
    snapshot.is_made_up,
    lower(concat(
        reading.act, chr(31), reading.rule, chr(31), reading.object_kind, chr(31),
        reading.name, chr(31), reading.affiliation, chr(31), reading.role, chr(31),
        case when coalesce(reading.name, reading.affiliation, reading.role) is null then reading.quote end
    )) as twin
from reading
join snapshot on snapshot.reading = reading.reading
