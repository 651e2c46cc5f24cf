-- Facts that stand more than once.
select id, count(*) as n
from fact_all
group by id
having count(*) > 1
order by id
limit 20
