-- Meetings of each body and year, and for how many an attendance list is held.
select body, cast(date_part('year', day) as bigint) as year, count(*) as meetings, sum(has_attendance) as lists
from meeting
where body is not null
  and day is not null
group by body, cast(date_part('year', day) as bigint)
order by body, year
