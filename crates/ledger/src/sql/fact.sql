-- Facts of current readings, less those that a current fact retracts.
select fact_all.*
from fact_all
where fact_all.reading in (select reading from snapshot)
  and fact_all.id not in (
    select retraction.target_id
    from fact_all as retraction
    where retraction.act = 'retracted'
      and retraction.target_id is not null
      and retraction.reading in (select reading from snapshot)
  )
