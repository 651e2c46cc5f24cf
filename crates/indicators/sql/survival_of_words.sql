-- name       survival_of_words
-- title      Share of proposed words that stand
-- unit       share
-- kind       rate-shrunk
-- objective  outcome
-- direction  more is more effect
-- events     share of the words of a version (a contribution or commit) that stand in the adopted text
-- exposure   one a version that proposed ten words or more, or the organisation's 1/N of it
-- reads      words
-- caveat     each version counts the same, whatever its length; young versions have had less time to lose words;
--            only texts whose credit was kept are seen
-- source     beta-binomial shrinkage with a declared prior (Gelman et al., Bayesian Data Analysis, 3rd ed., 5.3)
-- privacy    organisation
-- since      0.3
select
    organisation,
    body,
    period,
    cast(null as varchar)                   as meeting,
    day,
    concat(text, ' ', version)              as item,
    part * least(n_standing, n_proposed) / n_proposed as events,
    part                                    as exposure,
    fact
from words
where n_proposed >= 10 * part
