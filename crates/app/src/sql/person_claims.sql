-- Every claim about a person: for whom it acted, when, and where it stands.
select
    act.affiliation                  as written,
    act.person,
    act.act,
    act.document,
    act.meeting,
    act.body,
    cast(act.from_day as varchar)    as first_day,
    cast(act.to_day as varchar)      as last_day,
    snapshot.origin                  as source,
    act.place,
    act.snapshot,
    act.start_byte,
    act.end_byte,
    act.fact
from act
join snapshot on snapshot.id = act.snapshot
where act.person = $name
order by first_day, source, act.start_byte, act.fact
limit $limit
