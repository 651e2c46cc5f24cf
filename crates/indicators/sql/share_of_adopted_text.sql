-- name       share_of_adopted_text
-- title      Share of the words of adopted texts
-- unit       texts
-- kind       count
-- objective  outcome
-- direction  more is more effect
-- events     share of the words of an adopted text that a version of the organisation proposed first: a whole text is 1
-- exposure   one a version
-- reads      words
-- caveat     a short text counts as much as a long one; words of nobody known stay in the text; those of the base text
--            are nobody's; only texts whose credit was kept are seen
-- source     Rapporteur
-- privacy    organisation
-- since      0.3
select
    organisation,
    body,
    period,
    cast(null as varchar)          as meeting,
    day,
    concat(text, ' ', version)     as item,
    n_standing / n_text            as events,
    1.0                            as exposure,
    fact
from words
where n_standing > 0
