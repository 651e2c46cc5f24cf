-- Pairs of names in doubt.
select kind, a, b, bits, contributions, n
from doubt
order by kind, a, b
