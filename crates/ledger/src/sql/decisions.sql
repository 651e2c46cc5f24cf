-- The log of decisions in order of time, which is microseconds since 1970.
select
    id,
    kind,
    op,
    subject,
    object,
    cast(from_day as varchar),
    cast(to_day as varchar),
    bits,
    rule,
    version,
    contributions,
    evidence,
    actor,
    decider,
    cast(decided as bigint),
    supersedes
from decision
order by decided, id
