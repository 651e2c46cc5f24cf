-- The last outcome of each document: of its latest number, as last stated. Being revised is not an outcome.
with stated as (
    select
        act.document,
        act.act  as outcome,
        act.fact,
        row_number() over (
            partition by act.document
            order by act.object_id desc, act.to_day desc, act.act, act.fact
        ) as turn
    from act
    where act.act in (
        'agreed', 'approved', 'noted', 'postponed', 'withdrawn', 'not-handled', 'not-pursued', 'merged-into'
    )
)
select document, outcome, fact
from stated
where turn = 1
