-- Names of persons as facts write them.
select distinct name
from fact
where name is not null
order by name
