-- The decisions on identity made up to a time. `$latest` is microseconds since 1970.
select *
from decision_all
where cast(decided as bigint) <= $latest
