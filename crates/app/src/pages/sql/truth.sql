-- What stands behind a body and period: snapshots, facts, parties, unknown and no affiliation, meetings, attendance lists.
with chosen as (
    select act.snapshot, act.party, act.affiliation, act.organisation
    from act
    where (act.body = $body or act.body like concat($body, '/%'))
      and ($period is null or cast(date_part('year', act.to_day) as bigint) = cast($period as bigint))
),
held as (
    select count(*) as meetings, sum(has_attendance) as lists
    from meeting
    where (body = $body or body like concat($body, '/%'))
      and ($period is null or cast(date_part('year', day) as bigint) = cast($period as bigint))
)
select
    count(distinct chosen.snapshot)                                                          as snapshots,
    count(*)                                                                                 as facts,
    count(*) filter (where party in ('person', 'organisation'))                              as parties,
    count(*) filter (where party in ('person', 'organisation') and affiliation is null)      as not_known,
    count(*) filter (
        where party in ('person', 'organisation') and affiliation is not null and organisation is null
    )                                                                                        as none,
    max(held.meetings)                                                                       as meetings,
    max(held.lists)                                                                          as lists
from chosen
cross join held
