-- Identities of the facts of one snapshot, retracted ones included.
select id
from fact_all
where snapshot = $snapshot
order by id
