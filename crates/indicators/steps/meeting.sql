-- Meetings: body, last day, and whether an attendance list is held. Days come from the fact that the meeting was held;
-- where no source states it, from the latest day stated of anything done there.
select
    act.meeting,
    min(act.body)                                                           as body,
    coalesce(
        max(case when act.act = 'held-meeting' then act.to_day end),
        max(act.to_day)
    )                                                                       as day,
    max(case when act.act = 'attended' then 1 else 0 end)                   as has_attendance
from act
where act.meeting is not null
group by act.meeting
