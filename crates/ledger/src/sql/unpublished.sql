-- Facts whose reading was never published.
select count(*) as n
from fact_all
where reading not in (select reading from snapshot_all)
