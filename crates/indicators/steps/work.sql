-- Documents after their revision chain: where and when each first appeared, how many numbers it went through.
select
    act.document,
    count(distinct act.object_id)                                                             as n_numbers,
    first_value(act.body order by act.to_day, act.object_id, act.fact)                        as body,
    first_value(act.meeting order by act.to_day, act.object_id, act.fact)                     as meeting,
    first_value(coalesce(meeting.day, act.to_day) order by act.to_day, act.object_id, act.fact) as day,
    first_value(act.status order by act.to_day, act.object_id, act.fact)                      as kind,
    first_value(
        case when act.target_kind in ('work-item', 'agenda-item') then act.target_id end
        order by act.to_day, act.object_id, act.fact
    )                                                                                         as work_items,
    max(act.object_kind)                                                                      as object_kind
from act
left join meeting on meeting.meeting = act.meeting
where act.act = 'submitted'
  and act.object_kind in ('document', 'liaison-statement')
group by act.document
