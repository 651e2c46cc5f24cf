-- The decision that holds for each fact: the latest on the fact itself, else the latest that finds its words there.
with ranked as (
    select
        found.fact,
        found.reading,
        found.review,
        review.verdict,
        row_number() over (
            partition by found.fact
            order by found.is_own desc, review.decided desc, review.id desc
        ) as turn
    from found
    join review on review.id = found.review
)
select fact, reading, review, verdict
from ranked
where turn = 1
