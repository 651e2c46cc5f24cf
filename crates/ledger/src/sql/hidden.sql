-- Readings that do not count: older readings of the same bytes, and bytes that no address of a source holds any longer.
-- `$latest` is microseconds since 1970.
with seen as (
    select
        snapshot,
        row_number() over (partition by source, address order by learnt desc, snapshot) as age
    from sighting_all
    where cast(learnt as bigint) <= $latest
),
superseded as (
    select snapshot
    from seen
    group by snapshot
    having min(age) > 1
),
readings as (
    select
        id,
        reading,
        row_number() over (partition by id order by learnt desc, version desc, reading) as age
    from snapshot_all
    where cast(learnt as bigint) <= $latest
)
select readings.reading
from readings
where readings.age > 1
   or readings.id in (select snapshot from superseded)
