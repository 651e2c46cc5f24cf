-- Facts of current readings, candidates included, where a reviewer judged something.
select fact_all.*
from fact_all
where fact_all.snapshot in (select snapshot from stood)
  and fact_all.reading in (select reading from snapshot)
  and fact_all.id not in (select id from retracted)
