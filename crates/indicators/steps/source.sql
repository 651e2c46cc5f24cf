-- Sources of each document: every party named on any revision, once, shown by the latest that names it. Tentative
-- sources are not credited.
select
    act.document,
    coalesce(act.organisation, act.affiliation, act.role, 'not known') as source,
    min(act.organisation)                                              as organisation,
    first_value(act.fact order by act.object_id desc, act.fact)        as fact
from act
where act.act = 'submitted'
  and act.object_kind in ('document', 'liaison-statement')
  and act.confidence >= 0.99
group by act.document, coalesce(act.organisation, act.affiliation, act.role, 'not known')
