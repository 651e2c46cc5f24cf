-- name       documents_contributed
-- title      Documents contributed
-- unit       documents
-- kind       count
-- objective  engagement
-- direction  more is more engaged
-- events     share of each document, 1/N among its N sources
-- exposure   one a document
-- reads      contribution
-- caveat     documents differ in size; a document and its revisions count once; tentative sources are not credited
-- source     fractional counting, as in bibliometrics (Hagen 2008, PLoS ONE 3(12) e4021); 3GPP TR 21.900 on sources
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
