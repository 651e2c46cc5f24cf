-- Documents after their revision chain: where and when each first appeared, how many numbers it went through. The first
-- appearance is the earliest day, then the smallest number, then the smallest fact id, found as the least text of the
-- three, because ordered aggregates of many groups cost ten times as much.
with number as (
    select
        document,
        object_id,
        max(object_kind)                                                                 as object_kind,
        min(concat(coalesce(cast(to_day as varchar), '9999'), ' ', object_id, ' ', fact)) as first
    from act
    where act = 'submitted'
      and object_kind in ('document', 'liaison-statement')
    group by document, object_id
),
chain as (
    select
        document,
        count(*)              as n_numbers,
        max(object_kind)      as object_kind,
        right(min(first), 32) as fact
    from number
    group by document
)
select
    chain.document,
    chain.n_numbers,
    act.body,
    act.meeting,
    coalesce(meeting.day, act.to_day)                                             as day,
    act.status                                                                    as kind,
    case when act.target_kind in ('work-item', 'agenda-item') then act.target_id end as work_items,
    chain.object_kind
from chain
join act on act.fact = chain.fact
left join meeting on meeting.meeting = act.meeting
