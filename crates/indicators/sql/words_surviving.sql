-- name       words_surviving
-- title      Words that stand in adopted texts
-- unit       words
-- kind       count
-- objective  influence
-- direction  more is more influence
-- events     words of the adopted text that a version (a contribution or commit) of the organisation proposed first
-- exposure   one a version
-- reads      words
-- caveat     words are not ideas: who only spoke, struck text or said the same in other words has none; only texts whose
--            credit was kept are seen; of a contribution of N sources each has 1/N
-- source     Rapporteur; tokens as in F. Flöck and M. Acosta, "WikiWho", WWW 2014
-- privacy    organisation
-- since      0.3
select
    organisation,
    body,
    period,
    cast(null as varchar)          as meeting,
    day,
    concat(text, ' ', version)     as item,
    n_standing                     as events,
    1.0                            as exposure,
    fact
from words
where n_standing > 0
