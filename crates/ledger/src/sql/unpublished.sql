-- Facts whose snapshot was never published.
select count(*) as n
from fact_all
where snapshot not in (select id from snapshot_all)
