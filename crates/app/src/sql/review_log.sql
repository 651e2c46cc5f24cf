-- Every decision, the latest first, with what holds: `taken back`, `superseded`, `lost` (its words are not found), `holds`.
with taken_back as (
    select undone as id
    from review
    where undone is not null
),
last as (
    select id, row_number() over (partition by fact order by decided desc, id desc) as turn
    from review
    where fact <> ''
      and id not in (select id from taken_back)
)
select
    review.id                                                          as decision,
    cast(to_timestamp_micros(review.decided) as varchar)               as decided,
    review.reviewer,
    review.verdict,
    case
        when review.id in (select id from taken_back) then 'taken back'
        when review.verdict in ('undo', 'seen') then 'holds'
        when coalesce(last.turn, 1) > 1 then 'superseded'
        when review.id not in (select review from found) then 'lost'
        else 'holds'
    end                                                                as state,
    coalesce(review.act, '')                                           as act,
    coalesce(review.name, review.affiliation, review.object_title, '') as about,
    review.reason,
    review.quote,
    review.fact,
    coalesce(review.undone, '')                                        as undone,
    review.address
from review
left join last on last.id = review.id
order by review.decided desc, review.id
