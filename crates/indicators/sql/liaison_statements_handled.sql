-- name       liaison_statements_handled
-- title      Outgoing liaison statements drafted
-- unit       liaison statements
-- kind       count
-- objective  influence
-- direction  more is more influence
-- events     share of each outgoing liaison statement, 1/N among the N sources of its draft
-- exposure   one a statement
-- reads      contribution
-- caveat     who only reads or answers by mail is not seen
-- source     ITU-T A.1 (09/2019), liaison statements
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
where object_kind = 'liaison-statement'
