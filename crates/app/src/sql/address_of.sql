-- Where a snapshot was last seen.
select source, address
from sighting_all
where snapshot = $snapshot
order by learnt desc, source, address
limit 1
