-- No decision, so nothing is settled.
select fact_all.*
from fact_all
where false
