-- Problems of published snapshots.
select problem_all.*
from problem_all
where problem_all.snapshot in (select id from snapshot)
