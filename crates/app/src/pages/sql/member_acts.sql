-- What an organisation did, act by act, with its place in a source. Persons are counted, not named.
with own as (
    select act.act, act.from_day, act.to_day, act.meeting, act.document, act.object_id, act.object_title, act.role, act.fact
    from act
    where act.organisation = $organisation
      and (act.body = $body or act.body like concat($body, '/%'))
      and ($period is null or cast(date_part('year', act.to_day) as bigint) = cast($period as bigint))
      and act.act in ('attended', 'submitted', 'held', 'appointed', 'elected', 'rapporteured', 'edited')
),
gained as (
    select
        outcome.outcome   as act,
        contribution.day  as from_day,
        contribution.day  as to_day,
        contribution.document as what,
        outcome.fact
    from contribution
    join outcome on outcome.document = contribution.document
    where contribution.organisation = $organisation
      and (contribution.body = $body or contribution.body like concat($body, '/%'))
      and ($period is null or contribution.period = $period)
),
done as (
    select
        act,
        min(from_day) as from_day,
        max(to_day)   as to_day,
        case
            when act = 'attended' then meeting
            when act = 'submitted' then document
            else coalesce(role, object_title, object_id)
        end           as what,
        min(fact)     as fact
    from own
    group by act, case
        when act = 'attended' then meeting
        when act = 'submitted' then document
        else coalesce(role, object_title, object_id)
    end
    union all
    select act, from_day, to_day, what, fact
    from gained
)
select done.act, done.from_day, done.to_day, done.what, act.snapshot, act.start_byte, act.end_byte
from done
join act on act.fact = done.fact
order by done.to_day, done.act, done.what
