-- The log of decisions in order of time, which is microseconds since 1970.
select
    id,
    kind,
    op,
    subject,
    object,
    cast(from_day as varchar) as first_day,
    cast(to_day as varchar) as last_day,
    bits,
    rule,
    version,
    contributions,
    evidence,
    actor,
    decider,
    cast(decided as bigint) as moment,
    supersedes
from decision
order by decided, id
