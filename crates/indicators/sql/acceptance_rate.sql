-- name       acceptance_rate
-- title      Share of decided documents that were agreed or approved
-- unit       share
-- kind       rate-shrunk
-- objective  outcome
-- direction  more is more effect
-- events     credit in documents that ended agreed or approved
-- exposure   credit in documents on which the meeting decided
-- reads      contribution
-- caveat     discussion and information papers are left out, for noting is their success; merged, withdrawn and
--            not handled documents are left out, for nothing was decided on them
-- source     beta-binomial shrinkage with a declared prior (Gelman et al., Bayesian Data Analysis, 3rd ed., 5.3)
-- privacy    organisation
-- since      0.1
select
    organisation,
    body,
    period,
    meeting,
    day,
    document                                                              as item,
    case when outcome in ('agreed', 'approved') then credit else 0.0 end  as events,
    credit                                                                as exposure,
    fact
from contribution
where object_kind = 'document'
  and outcome in ('agreed', 'approved', 'noted', 'not-pursued', 'postponed')
  and lower(coalesce(kind, '')) not in ('discussion', 'information', 'report', 'agenda', 'other', 'work plan')
