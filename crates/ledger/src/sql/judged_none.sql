-- No decision, so nothing is judged.
select fact, '' as reading, id as review, verdict
from review
where false
