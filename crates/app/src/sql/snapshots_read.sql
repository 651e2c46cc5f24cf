-- Snapshots that an adapter read.
select id, origin, adapter, version
from snapshot
where adapter is not null
order by origin, id
