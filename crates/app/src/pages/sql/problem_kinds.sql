-- Problems by kind, with the hint of one of them.
select kind, count(*) as problems, count(distinct snapshot) as sources, min(hint) as hint
from problem
group by kind
order by problems desc, kind
