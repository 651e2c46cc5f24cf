-- Problems by kind, with the hint of one of them.
select kind, min(hint) as hint, count(*) as problems, count(distinct snapshot) as sources
from problem
group by kind
order by problems desc, kind
