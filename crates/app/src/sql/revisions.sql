-- Which number was revised into which.
select distinct object_id, target_id
from fact
where act = 'revised-into'
  and object_id is not null
  and target_id is not null
  and object_id <> target_id
order by object_id, target_id
