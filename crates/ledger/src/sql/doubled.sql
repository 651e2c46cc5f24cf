-- Facts that stand more than once in one reading.
select id, count(*) as n
from fact_all
group by id, reading
having count(*) > 1
order by id
limit 20
