-- Acts of persons at meetings with the organisation that they were of: the one stated with the act; where none is stated, the
-- one that the same name stated in the same body nearest in time, at most a year away, and where those differ, none.
with own as (
    select act.*, coalesce(meeting.day, act.to_day) as day
    from act
    left join meeting on meeting.meeting = act.meeting
    where act.act in ('attended', 'spoke', 'chaired', 'scribed')
      and act.body is not null
),
known as (
    select distinct body, person, organisation, day
    from own
    where organisation is not null
      and person is not null
      and day is not null
),
near as (
    select own.fact, known.organisation, min(abs(date_part('epoch', own.day) - date_part('epoch', known.day))) as gap
    from own
    join known on known.body = own.body and known.person = own.person
    where own.affiliation is null
      and own.day is not null
      and own.party = 'person'
    group by own.fact, known.organisation
),
least as (
    select fact, min(gap) as gap
    from near
    group by fact
    having min(gap) <= 366 * 86400
),
stated as (
    select near.fact, min(near.organisation) as organisation
    from near
    join least on least.fact = near.fact and least.gap = near.gap
    group by near.fact
    having count(*) = 1
)
select
    own.fact,
    own.act,
    own.person,
    own.body,
    own.meeting,
    own.day,
    own.object_id,
    own.object_title,
    own.confidence,
    coalesce(own.organisation, stated.organisation) as organisation
from own
left join stated on stated.fact = own.fact
