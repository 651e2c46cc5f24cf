-- The current part of the ledger: the newest reading of each snapshot learnt up to a time, unless it was superseded.
-- `$latest` is microseconds since 1970.
select *
from snapshot_all
where cast(learnt as bigint) <= $latest
  and reading not in (select reading from hidden)
