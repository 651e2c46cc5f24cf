-- Persons as facts name them, with the organisation, body and list beside the name, and the days between.
select
    act.person,
    act.affiliation,
    act.organisation,
    act.body,
    case when act.act = 'attended' then act.snapshot end as list,
    cast(min(act.from_day) as varchar) as first_day,
    cast(max(act.to_day) as varchar)   as last_day,
    count(*)                           as n
from act
where act.person is not null
group by 1, 2, 3, 4, 5
order by 1, 2, 3, 4, 5
