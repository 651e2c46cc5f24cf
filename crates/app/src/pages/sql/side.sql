-- Where an organisation is named: sources with the number of facts, first and last day, and the first place.
select
    snapshot.origin                    as source,
    act.affiliation                    as written,
    count(*)                           as facts,
    cast(min(act.from_day) as varchar) as first_day,
    cast(max(act.to_day) as varchar)   as last_day,
    act.snapshot,
    min(act.start_byte)                as start_byte,
    min(act.end_byte)                  as end_byte
from act
join snapshot on snapshot.id = act.snapshot
where act.organisation = $organisation
group by snapshot.origin, act.affiliation, act.snapshot
order by first_day, source, written
limit $limit
