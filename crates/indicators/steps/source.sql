-- Sources of each document: every party named on any revision, once, shown by the latest that names it. Tentative
-- sources are not credited.
select
    act.document,
    coalesce(act.organisation, act.affiliation, act.role, 'not known') as source,
    min(act.organisation)                                              as organisation,
    right(max(concat(act.object_id, ' ', act.fact)), 32)               as fact
from act
where act.act = 'submitted'
  and act.object_kind in ('document', 'liaison-statement')
  and act.confidence >= 0.99
group by act.document, coalesce(act.organisation, act.affiliation, act.role, 'not known')
