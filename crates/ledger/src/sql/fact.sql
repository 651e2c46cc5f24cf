-- Facts of published snapshots, less those that a published fact retracts.
select fact_all.*
from fact_all
where fact_all.snapshot in (select id from snapshot)
  and fact_all.id not in (
    select retraction.target_id
    from fact_all as retraction
    where retraction.act = 'retracted'
      and retraction.target_id is not null
      and retraction.snapshot in (select id from snapshot)
  )
