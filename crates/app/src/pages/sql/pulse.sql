-- A body year by year: meetings, documents after their revision chain, active organisations, outcomes, attendance lists.
with chosen as (
    select cast(date_part('year', act.to_day) as bigint) as of_year, act.organisation
    from act
    where (act.body = $body or act.body like concat($body, '/%'))
      and act.act in ('submitted', 'attended')
      and act.to_day is not null
),
active as (
    select of_year, count(distinct organisation) as organisations
    from chosen
    group by of_year
),
met as (
    select cast(date_part('year', day) as bigint) as of_year, count(*) as meetings, sum(has_attendance) as lists
    from meeting
    where (body = $body or body like concat($body, '/%'))
      and day is not null
    group by cast(date_part('year', day) as bigint)
),
worked as (
    select
        cast(date_part('year', work.day) as bigint)                                 as of_year,
        count(*)                                                                    as documents,
        count(*) filter (where outcome.outcome in ('agreed', 'approved'))           as agreed
    from work
    left join outcome on outcome.document = work.document
    where (work.body = $body or work.body like concat($body, '/%'))
      and work.object_kind = 'document'
      and work.day is not null
    group by cast(date_part('year', work.day) as bigint)
)
select
    cast(met.of_year as varchar)   as year,
    met.meetings,
    coalesce(worked.documents, 0)  as documents,
    active.organisations,
    coalesce(worked.agreed, 0)     as agreed_or_approved,
    met.lists                      as attendance_lists
from met
left join active on active.of_year = met.of_year
left join worked on worked.of_year = met.of_year
where $period is null or met.of_year = cast($period as bigint)
order by met.of_year
