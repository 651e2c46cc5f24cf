-- Facts that a current fact retracts. What is itself a candidate retracts nothing.
select distinct retraction.target_id as id
from fact_all as retraction
where retraction.act = 'retracted'
  and retraction.target_id is not null
  and retraction.confidence >= $threshold
  and retraction.reading in (select reading from snapshot)
