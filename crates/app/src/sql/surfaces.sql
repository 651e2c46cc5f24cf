-- Names of organisations as facts write them, with the country and the e-mail domain beside them.
select affiliation, country, domain, count(*) as n
from fact
where affiliation is not null
  and party in ('person', 'organisation', 'unknown')
group by affiliation, country, domain
order by affiliation, country, n desc, domain
