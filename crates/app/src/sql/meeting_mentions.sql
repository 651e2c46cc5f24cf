-- Meetings and events, as written, with the number of facts.
select event, count(*) as n
from fact
where event is not null
group by event
order by event
