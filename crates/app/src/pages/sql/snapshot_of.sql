-- One snapshot.
select origin, about, adapter, licence, is_made_up, learnt, source
from snapshot
where id = $snapshot
