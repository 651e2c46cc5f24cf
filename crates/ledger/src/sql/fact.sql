-- Facts that count: those of current readings that were read with enough confidence, less what is retracted or judged,
-- and those that a reviewer settled.
select fact_all.*
from fact_all
where fact_all.confidence >= $threshold
  and fact_all.reading in (select reading from snapshot)
  and fact_all.id not in (
    select id
    from retracted
    union all
    select fact
    from judged
  )
union all
select *
from settled
