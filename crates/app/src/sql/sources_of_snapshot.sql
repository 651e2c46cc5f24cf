-- Sources that hold a snapshot.
select distinct source
from snapshot
where id = $snapshot
order by source
