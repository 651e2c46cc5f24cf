-- Snapshots learnt up to a time: the published part of the ledger. `$latest` is microseconds since 1970.
select *
from snapshot_all
where cast(learnt as bigint) <= $latest
