-- Facts of current readings that wait for a reviewer: read with less confidence than is accepted, and not judged.
select fact_all.*
from fact_all
where fact_all.confidence < $threshold
  and fact_all.reading in (select reading from snapshot)
  and fact_all.id not in (
    select id
    from retracted
    union all
    select fact
    from judged
  )
