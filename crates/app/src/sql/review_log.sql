-- Every decision, the latest first, with what holds: `taken back`, `superseded`, `lost` (its words are not found), `holds`.
with taken_back as (
    select distinct undone as decision
    from review
    where undone is not null
),
last as (
    select id as decision, row_number() over (partition by fact order by decided desc, id desc) as turn
    from review
    where fact <> ''
      and id not in (select decision from taken_back)
),
reached as (
    select distinct review as decision
    from found
),
told as (
    select
        review.*,
        case
            when taken_back.decision is not null then 'taken back'
            when verdict in ('undo', 'seen') then 'holds'
            when coalesce(last.turn, 1) > 1 then 'superseded'
            when reached.decision is null then 'lost'
            else 'holds'
        end as state
    from review
    left join taken_back on taken_back.decision = review.id
    left join last on last.decision = review.id
    left join reached on reached.decision = review.id
)
select
    id                                            as decision,
    cast(to_timestamp_micros(decided) as varchar) as at,
    reviewer,
    verdict,
    state,
    coalesce(act, '')                             as act,
    coalesce(name, affiliation, object_title, '') as about,
    reason,
    quote,
    fact,
    coalesce(undone, '')                          as undone,
    address
from told
order by decided desc, id
