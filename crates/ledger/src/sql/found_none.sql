-- No decision, so nothing is found.
select id as review, fact, '' as reading, true as is_own
from review
where false
