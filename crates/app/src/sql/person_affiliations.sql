-- For whom a person acted, with the first and last day on which a source says so. No affiliation is not shown as one.
select
    act.person                         as written,
    act.affiliation,
    act.organisation,
    count(*)                           as facts,
    cast(min(act.from_day) as varchar) as first_day,
    cast(max(act.to_day) as varchar)   as last_day
from act
where act.person = $name
group by act.person, act.affiliation, act.organisation
order by first_day, act.affiliation
limit $limit
