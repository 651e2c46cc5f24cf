-- name       revisions_carried_through
-- title      Revised documents carried through to agreement
-- unit       documents
-- kind       count
-- objective  outcome
-- direction  more is more effect
-- events     share of each document that went through at least one revision and ended agreed or approved
-- exposure   one a document
-- reads      contribution
-- caveat     a document revised at a later meeting counts where it first appeared
-- source     3GPP TR 21.900, revision of documents
-- privacy    organisation
-- since      0.1
select
    organisation,
    body,
    period,
    meeting,
    day,
    document as item,
    credit   as events,
    1.0      as exposure,
    fact
from contribution
where object_kind = 'document'
  and n_numbers > 1
  and outcome in ('agreed', 'approved')
