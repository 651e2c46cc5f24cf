-- Service to a meeting: who chaired it and who took its minutes, 1/N each among the N persons who did, summed by organisation.
-- Shares of persons without known affiliation are nobody's, and stay in N.
with service as (
    select act, meeting, count(distinct coalesce(person, fact)) as n_persons
    from attributed
    where act in ('chaired', 'scribed')
      and meeting is not null
    group by act, meeting
)
select
    attributed.act,
    attributed.organisation,
    attributed.body,
    cast(cast(date_part('year', attributed.day) as bigint) as varchar) as period,
    attributed.meeting,
    attributed.day,
    count(distinct coalesce(attributed.person, attributed.fact)) / cast(min(service.n_persons) as double) as share,
    min(attributed.fact)                                               as fact
from attributed
join service on service.act = attributed.act and service.meeting = attributed.meeting
where attributed.organisation is not null
  and attributed.day is not null
group by attributed.act, attributed.organisation, attributed.body, attributed.meeting, attributed.day
