-- One snapshot.
select origin, about, adapter, licence, is_made_up, learnt
from snapshot
where id = $snapshot
