-- Affiliations of people and organisations, as written, with the number of facts.
select affiliation, count(*) as n
from fact
where affiliation is not null
  and party in ('person', 'organisation', 'unknown')
group by affiliation
order by affiliation
