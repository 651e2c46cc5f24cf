-- Problems of current readings.
select problem_all.*
from problem_all
where problem_all.reading in (select reading from snapshot)
